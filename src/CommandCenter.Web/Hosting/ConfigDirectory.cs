namespace CommandCenter.Web.Hosting;

/// <summary>Finds <c>wallboard-config</c>: where it is named, else from the working directory or the program upwards.</summary>
internal static class ConfigDirectory
{
    public const string Name = "wallboard-config";

    /// <exception cref="ConfigurationException">It is nowhere.</exception>
    public static string Find(string? named)
    {
        if (named is not null)
        {
            return Directory.Exists(named) ? Path.GetFullPath(named) : throw new ConfigurationException($"There is no folder {named}.", null);
        }

        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var candidate = Path.Combine(at.FullName, Name);
                if (File.Exists(Path.Combine(candidate, "courts.json")))
                {
                    return candidate;
                }
            }
        }

        throw new ConfigurationException($"There is no folder {Name} here or above; name it with --config.", null);
    }
}
