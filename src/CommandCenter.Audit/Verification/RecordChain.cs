using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Verification;

/// <summary>Follows the records from line to line and names what does not fit.</summary>
/// <remarks>One fault should be one finding, so after a fault the chain goes on from what is there.</remarks>
internal sealed class RecordChain(Findings findings)
{
    private readonly List<Gap> _gaps = [];
    private readonly byte[] _hash = AuditLine.NoHash.ToArray();
    private bool _isHashKnown = true;
    private long _next = 1;
    private long _damaged; // Lines since the last good one; each may have been any number of records.

    /// <summary>The last good record.</summary>
    public AuditHead Head { get; private set; } = new(0, Encoding.ASCII.GetString(AuditLine.NoHash));

    /// <summary>Faults so far, those included that are named at the end.</summary>
    public long FaultCount => findings.Count + _gaps.Count;

    /// <summary>Whether a line is as it was written; its place in the chain is another matter.</summary>
    public bool Check(string file, long line, ReadOnlySpan<byte> bytes)
    {
        if (!AuditLine.TryRead(bytes, out var frame) || !frame.IsIntact())
        {
            findings.Add(new AuditFinding(
                file, line, null, _isHashKnown ? _next : null, null, AuditFinding.Changed, "The line is not as it was written."));
            _damaged++;
            _isHashKnown = false;
            return false;
        }

        if (frame.Sequence < _next)
        {
            var isMoved = Fill(frame.Sequence);
            findings.Add(new AuditFinding(
                file,
                line,
                null,
                frame.Sequence,
                null,
                isMoved ? AuditFinding.Reordered : AuditFinding.Doubled,
                isMoved ? "It stands behind a later record." : "It stands in the log before."));
            return true;
        }

        if (frame.Sequence > _next + _damaged)
        {
            _gaps.Add(new Gap(file, line, _next + _damaged, frame.Sequence - 1));
        }
        else if (_isHashKnown && !frame.Previous.SequenceEqual(_hash))
        {
            findings.Add(new AuditFinding(
                file, line, null, frame.Sequence, null, AuditFinding.ChainBroken, "It does not follow the record before; one of the two was written anew."));
        }

        GoOn(frame.Sequence, frame.Hash);
        Head = new AuditHead(frame.Sequence, Encoding.ASCII.GetString(frame.Hash));
        return true;
    }

    /// <summary>The end of a file whose checkpoint is good: whatever the lines were, the next file goes on from here.</summary>
    public void ArriveAtEnd(string file, long last, string head)
    {
        if (last >= _next + _damaged)
        {
            _gaps.Add(new Gap(file, null, _next + _damaged, last));
        }

        Arrive(last, head);
    }

    /// <summary>The next file goes on from here, as a good checkpoint says.</summary>
    public void Arrive(long last, string head) => GoOn(last, Encoding.ASCII.GetBytes(head));

    /// <summary>Nobody can say what comes next: files are missing.</summary>
    public void Lose() => _isHashKnown = false;

    /// <summary>Names the records that appeared nowhere.</summary>
    public void Finish()
    {
        foreach (var gap in _gaps)
        {
            var where = gap.Line is null ? "Missing at the end of this file." : "Missing before this line.";
            findings.Add(new AuditFinding(gap.File, gap.Line, null, gap.First, gap.Last, AuditFinding.Removed, where));
        }
    }

    private void GoOn(long sequence, ReadOnlySpan<byte> hash)
    {
        _isHashKnown = hash.Length == _hash.Length;
        if (_isHashKnown)
        {
            hash.CopyTo(_hash);
        }

        _next = sequence + 1;
        _damaged = 0;
    }

    private bool Fill(long sequence)
    {
        var index = _gaps.FindIndex(gap => gap.First <= sequence && sequence <= gap.Last);
        if (index < 0)
        {
            return false;
        }

        var gap = _gaps[index];
        _gaps.RemoveAt(index);
        if (sequence < gap.Last)
        {
            _gaps.Insert(index, gap with { First = sequence + 1 });
        }

        if (gap.First < sequence)
        {
            _gaps.Insert(index, gap with { Last = sequence - 1 });
        }

        return true;
    }

    private sealed record Gap(string File, long? Line, long First, long Last);
}
