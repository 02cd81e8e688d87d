using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Reading;

/// <summary>Whether a record is one that a query asks for: first by its bytes, which is cheap and may err towards yes, then for sure.</summary>
internal sealed class RecordFilter
{
    private readonly AuditQuery _query;
    private readonly List<(byte[] Bytes, bool IsAction)> _needles = [];

    public RecordFilter(AuditQuery query)
    {
        _query = query;
        Add("subject", query.Subject, isPrefix: false);
        Add("actor", query.Actor, isPrefix: false);
        Add("action", query.ActionPrefix, isPrefix: true);
        Add("outcome", query.Outcome is { } outcome ? EntryBody.NameOf(outcome) : null, isPrefix: false);
    }

    /// <summary>False only for lines that cannot match: encoding is one to one, so a value that matches is there byte for byte.</summary>
    public bool MayMatch(DateTimeOffset at, ReadOnlySpan<byte> line)
    {
        if (at < _query.From || at >= _query.To)
        {
            return false;
        }

        foreach (var (needle, _) in _needles)
        {
            if (line.IndexOf(needle) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>False only for files that hold no line that matches.</summary>
    public bool MayMatch(FileValues file) => _needles.TrueForAll(needle => file.MayHold(needle.Bytes, needle.IsAction));

    public bool Matches(AuditRecord record) =>
        (_query.Actor is null || record.Entry.Actor == _query.Actor)
        && (_query.ActionPrefix is null || record.Entry.Action.StartsWith(_query.ActionPrefix, StringComparison.Ordinal))
        && (_query.Subject is null || record.Entry.Subject == _query.Subject)
        && (_query.Outcome is null || record.Entry.Outcome == _query.Outcome);

    private void Add(string field, string? value, bool isPrefix)
    {
        if (value is not null)
        {
            _needles.Add((EntryBody.Needle(field, value, isPrefix), isPrefix));
        }
    }
}
