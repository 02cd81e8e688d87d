using System.Buffers;
using System.Text;

namespace CommandCenter.Web.Import;

/// <summary>Refused rows as CSV: line in the source, event id, code, message, the row. Opens in any spreadsheet.</summary>
internal sealed class QuarantineFile : IDisposable
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    private readonly FileStream _file;
    private readonly StreamWriter _writer;

    /// <summary>Continues a file at <paramref name="length"/>, dropping what is beyond; 0 begins it anew.</summary>
    public QuarantineFile(string path, long length)
    {
        _file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        _file.SetLength(length);
        _file.Position = length;
        _writer = new(_file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        if (length == 0)
        {
            _writer.WriteLine("line,event,code,message,row");
        }
    }

    public static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    public void Add(long line, string eventId, string code, string message, string row)
    {
        _writer.Write(line);
        foreach (var field in (ReadOnlySpan<string>)[eventId, code, message, row])
        {
            _writer.Write(',');
            WriteField(field);
        }

        _writer.WriteLine();
    }

    /// <summary>Puts everything on disk.</summary>
    /// <returns>The length of the file.</returns>
    public long Flush()
    {
        _writer.Flush();
        _file.Flush(flushToDisk: true);
        return _file.Position;
    }

    public void Dispose() => _writer.Dispose();

    private void WriteField(string field)
    {
        // A spreadsheet would run a cell that begins like a formula; the rows come from strangers.
        var text = field is ['=' or '+' or '-' or '@', ..] ? "'" + field : field;
        if (text.AsSpan().ContainsAny(s_quoted))
        {
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        _writer.Write(text);
    }
}
