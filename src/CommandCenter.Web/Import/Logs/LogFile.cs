using System.Security.Cryptography;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import.Logs;

/// <summary>A log file, plain or gzip, told apart by its first bytes and not by its name.</summary>
internal sealed class LogFile(string path)
{
    private const int BufferBytes = 64 << 10;

    public string Path { get; } = path;

    /// <summary>SHA-256 of the bytes of the file, in hex.</summary>
    /// <exception cref="ImportInputException">The file is not there or cannot be read.</exception>
    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        await using var stream = OpenRaw();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Opens the log from its beginning.</summary>
    public ILogReader Open(ImportMapping mapping)
    {
        var raw = OpenRaw();
        try
        {
            Span<byte> magic = stackalloc byte[2];
            var isGzip = raw.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
            raw.Position = 0;
            Stream content = isGzip ? new WholeGzipStream(raw) : raw;
            double Position() => raw.Length == 0 ? 1 : (double)raw.Position / raw.Length;
            return mapping.Input.IsXes
                ? new XesLogReader(content, mapping, Position, Path)
                : new CsvLogReader(content, mapping, Position, Path);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    private FileStream OpenRaw()
    {
        try
        {
            return new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImportInputException($"{Path} cannot be read: {exception.Message}", exception);
        }
    }
}
