namespace CommandCenter.Web.Hosting;

/// <summary>
/// A data directory of a demonstration carries a mark for ever: its figures are made up and its log-ins are known. It is never served as
/// the real thing, and real data are never served with a demonstration's log-ins.
/// </summary>
internal static class DemonstrationMark
{
    /// <summary>The file that is the mark.</summary>
    public const string FileName = "demonstration";

    private const string Words = "What is in this folder was made up by a demonstration.\n";

    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="ConfigurationException">A directory of the other kind.</exception>
    public static void Check(string dataDirectory, bool isDemonstration)
    {
        var file = Path.Combine(dataDirectory, FileName);
        if (File.Exists(file))
        {
            if (!isDemonstration)
            {
                throw new ConfigurationException($"{dataDirectory} holds what a demonstration made up. Serve it with --demonstration, or name another folder with --data.", null);
            }

            return;
        }

        if (!isDemonstration)
        {
            return;
        }

        if (Directory.Exists(dataDirectory) && Directory.EnumerateFileSystemEntries(dataDirectory).Any())
        {
            throw new ConfigurationException(
                $"{dataDirectory} holds data that no demonstration made. --demonstration would open them to its log-ins; name another folder with --data.", null);
        }
    }

    /// <summary>Marks a directory that a demonstration has just made its own.</summary>
    public static void Make(string dataDirectory) => File.WriteAllText(Path.Combine(dataDirectory, FileName), Words);
}
