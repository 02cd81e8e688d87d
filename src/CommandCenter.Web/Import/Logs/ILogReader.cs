namespace CommandCenter.Web.Import.Logs;

/// <summary>Reads a log row by row, in the order of the file.</summary>
internal interface ILogReader : IDisposable
{
    /// <summary>Fills a cleared <paramref name="row"/>, or returns false at the end of the log.</summary>
    /// <exception cref="ImportInputException">The file as a whole cannot be read on.</exception>
    bool Read(LogRow row);
}
