using CommandCenter.Simulator.Delivery;

namespace CommandCenter.Simulator;

/// <summary>Finds the product's configuration: where it is named, else <c>wallboard-config</c> from the working directory or the program upwards.</summary>
internal static class ConfigFolder
{
    private const string Name = "wallboard-config";

    /// <summary>Its path.</summary>
    /// <exception cref="RunException">It is nowhere.</exception>
    public static string Find(string? named)
    {
        if (named is not null)
        {
            return Directory.Exists(named) ? Path.GetFullPath(named) : throw new RunException(2, $"There is no folder {named}.");
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

        throw new RunException(2, $"There is no folder {Name} here or above; name it with --config.");
    }
}
