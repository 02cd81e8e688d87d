using System.Text;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import.Logs;

/// <summary>One row of a log: the columns its mapping reads, and where it stands. Pooled, because a log has millions.</summary>
internal sealed class LogRow(int columnCount)
{
    private byte[] _raw = [];
    private int _rawLength;

    /// <summary>Values by the column's index in the mapping; <see langword="null"/> is absent.</summary>
    public string?[] Values { get; } = new string?[columnCount];

    /// <summary>The source's own name of the case; empty only on a row with a fault.</summary>
    public string CaseId { get; set; } = "";

    /// <summary>Time of the event, for ordering.</summary>
    public long UtcTicks { get; set; }

    /// <summary>Breaks ties of time within a case, and makes the event id.</summary>
    public long Sequence { get; set; }

    /// <summary>1-based line of the source where the row begins.</summary>
    public long Line { get; set; }

    /// <summary>Set when the row itself is unusable, whatever the mapping does with its activity.</summary>
    public RowFault? Fault { get; set; }

    /// <summary>How much of the file had been read when this row was complete, 0 to 1.</summary>
    public double Position { get; set; }

    /// <summary>Keeps the row as it stands in a CSV file. XES has no such thing; there the values tell it.</summary>
    public void SetRaw(ReadOnlySpan<byte> utf8)
    {
        if (_raw.Length < utf8.Length)
        {
            _raw = new byte[Math.Max(utf8.Length, 256)];
        }

        utf8.CopyTo(_raw);
        _rawLength = utf8.Length;
    }

    /// <summary>The row for a person to look at.</summary>
    public string Describe(IReadOnlyList<string> columns)
    {
        if (_rawLength > 0)
        {
            return Encoding.UTF8.GetString(_raw, 0, _rawLength);
        }

        var text = new StringBuilder();
        for (var i = 0; i < Values.Length; i++)
        {
            if (Values[i] is { } value)
            {
                text.Append(text.Length == 0 ? "" : "; ").Append(columns[i]).Append('=').Append(value);
            }
        }

        return text.ToString();
    }

    public void Clear()
    {
        Array.Clear(Values);
        CaseId = "";
        UtcTicks = Sequence = Line = 0;
        _rawLength = 0;
        Fault = null;
        Position = 0;
    }
}
