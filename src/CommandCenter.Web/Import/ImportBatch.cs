using System.Text.Json;
using CommandCenter.Web.Import.Logs;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import;

/// <summary>Events of whole rows, ready to submit, with what is needed to tell a reject's row. Reused.</summary>
/// <remarks>Owned by one side at a time: the mapper fills it, the submitter empties it and gives it back.</remarks>
internal sealed class ImportBatch
{
    /// <summary>Lines of one submit.</summary>
    public const int LinesMax = 1_000;

    /// <summary>Bytes of one submit; a request may have four times as many.</summary>
    public const int BytesMax = 4 << 20;

    /// <summary>What a row may add: some lines of at most 64 KiB, in truth a few hundred bytes each.</summary>
    private const int RowBytesMax = 1 << 20;

    private readonly List<LineOrigin> _lines = new(LinesMax + 16);
    private readonly List<RowReject> _rowRejects = [];

    public LineBuffer Buffer { get; } = new(512 << 10);

    /// <summary>The rows of this batch, in the order in which they were mapped.</summary>
    public List<LogRow> Rows { get; } = new(LinesMax);

    /// <summary>Rows that the mapping refused.</summary>
    public IReadOnlyList<RowReject> RowRejects => _rowRejects;

    /// <summary>Rows of the log up to the end of this batch, in mapping order: where a continued run goes on.</summary>
    public long RowsThrough { get; set; }

    public int LineCount => _lines.Count;

    /// <summary>True when the next row, of up to so many lines, might not fit any more.</summary>
    public bool IsFull(int linesPerRow) =>
        _lines.Count + linesPerRow > LinesMax || Rows.Count >= LinesMax || Buffer.Length > BytesMax - RowBytesMax;

    public void EndLine(int start)
    {
        Buffer.Append((byte)'\n');
        _lines.Add(new(start, Rows.Count));
    }

    /// <summary>Takes back the lines of a row that failed half-way.</summary>
    public void CutBack(int lineCount, int length)
    {
        _lines.RemoveRange(lineCount, _lines.Count - lineCount);
        Buffer.Truncate(length);
    }

    public void Reject(RowFault fault) => _rowRejects.Add(new(Rows.Count, fault));

    /// <summary>The row and the event id behind a line, 1-based.</summary>
    public (int RowIndex, string EventId) Origin(int line)
    {
        var origin = _lines[line - 1];
        var reader = new Utf8JsonReader(Buffer.Written.Span[origin.Start..]);
        reader.Read();
        reader.Read();
        reader.Read(); // Our own line begins {"id":"…".
        return (origin.RowIndex, reader.GetString()!);
    }

    public void Clear()
    {
        Buffer.Truncate(0);
        _lines.Clear();
        _rowRejects.Clear();
        Rows.Clear();
        RowsThrough = 0;
    }

    private readonly record struct LineOrigin(int Start, int RowIndex);
}

/// <summary>A row that the mapping refused.</summary>
internal sealed record RowReject(int RowIndex, RowFault Fault);
