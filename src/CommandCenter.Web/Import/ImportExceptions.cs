namespace CommandCenter.Web.Import;

/// <summary>The file, the mapping or the command line is wrong: exit code 2. The message is for the person who typed.</summary>
internal sealed class ImportInputException : Exception
{
    public ImportInputException(string message)
        : base(message)
    {
    }

    public ImportInputException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>The input may be right, but the server, the disk or the data directory does not let us work: exit code 3.</summary>
internal sealed class ImportEnvironmentException : Exception
{
    public ImportEnvironmentException(string message)
        : base(message)
    {
    }

    public ImportEnvironmentException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
