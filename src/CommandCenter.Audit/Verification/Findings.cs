namespace CommandCenter.Audit.Verification;

/// <summary>Collects findings; the same fault of adjacent lines is one.</summary>
internal sealed class Findings
{
    private const int ListedMax = 1_000;

    private readonly List<AuditFinding> _list = [];

    public long Count { get; private set; }

    public void Add(string file, string code, string message) => Add(new AuditFinding(file, null, null, null, null, code, message));

    public void Add(AuditFinding finding)
    {
        if (_list.Count > 0 && _list[^1] is var last && last.File == finding.File && last.Code == finding.Code && last.Message == finding.Message
            && (last.LastLine ?? last.Line) + 1 == finding.Line)
        {
            _list[^1] = last with { LastLine = finding.Line, LastSequence = finding.Sequence };
            return;
        }

        Count++;
        if (_list.Count < ListedMax)
        {
            _list.Add(finding);
        }
    }

    /// <summary>In the order of the log; what is about the folder comes first.</summary>
    public IReadOnlyList<AuditFinding> Sorted() => [.. _list.OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line)];
}
