using CommandCenter.Domain;
using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Grains;

/// <summary>Where a case stands, as lists show it.</summary>
internal enum CaseStatus : byte
{
    Open,
    Suspended,
    Closed,
    Moved,
}

/// <summary>What lists, filters and searches need of a case. It follows from the case's state alone and stays in memory when the state does not.</summary>
internal struct CaseRow
{
    public CaseNumber Number;
    public int Handler;
    public int Cause;
    public long FiledAt;
    public long StatusAt;
    public long LatestAt;
    public long DueAt;
    public long ClaimFen;
    public long FundsInFen;
    public long FundsOutFen;
    public ChainLink Last;
    public ByteSlot Text;
    public ByteSlot State;
    public CaseStatus Status;
    public CloseWay Way;
    public byte Node;

    /// <summary>A 执恢 case was filed for this one.</summary>
    public bool IsReinstated;

    /// <summary>
    /// Since when a pending case stands at <see cref="Node"/>: the <see cref="StayTime"/> minute in which it came to the node, or back to
    /// the pending ones of its court, whichever is later. Of other cases what it was last.
    /// </summary>
    public int StoodSince;

    // Two numbers of two bytes: with a million cases every eight bytes of a row are eight megabytes.
    private short _court;
    private ushort _irregular;

    /// <summary><see cref="Court"/> of a case whose court is not in the tree any more.</summary>
    public const int NoCourt = -1;

    /// <summary>Months in which a case must be closed (法发〔2006〕35号1条, limit L55); suspended time does not count.</summary>
    public const int LimitMonths = 6;

    /// <summary>The court where it lies, by index, or <see cref="NoCourt"/>.</summary>
    public int Court
    {
        readonly get => _court;
        set => _court = checked((short)value);
    }

    /// <summary>All that was irregular in the reports of the case.</summary>
    public Irregularities Irregular
    {
        readonly get => (Irregularities)_irregular;
        set => _irregular = checked((ushort)value);
    }

    public readonly bool IsMain => Number.Type.Class is CaseClass.First or CaseClass.Reinstated;

    /// <summary>存案: open or suspended.</summary>
    public readonly bool IsPending => Status is CaseStatus.Open or CaseStatus.Suspended;

    /// <summary>超期未结: open beyond its limit. While suspended its clock stands still.</summary>
    public readonly bool IsOverdue(DateTimeOffset now) => Status == CaseStatus.Open && now.UtcTicks > DueAt;

    /// <summary>The moment after which an open case is overdue.</summary>
    public static DateTimeOffset DueAtOf(CaseFile file) =>
        ShanghaiTime.StartOf(ShanghaiTime.DayOf(file.FiledAt).AddMonths(LimitMonths).AddDays(1)) + file.SuspendedFor;

    /// <summary>终本存量: closed by 终本, and no 执恢 case was filed for it.</summary>
    public readonly bool IsTerminalStock => Status == CaseStatus.Closed && Way == CloseWay.Terminal && IsMain && !IsReinstated;

    /// <summary>Takes everything but <see cref="Number"/>, <see cref="Court"/>, <see cref="StoodSince"/>, <see cref="Last"/>, <see cref="Text"/> and <see cref="State"/> from the state.</summary>
    public void Show(CaseState state, TextPool texts)
    {
        var file = state.FileOrNull!;
        Handler = file.Handler is { } handler ? texts.NumberOf(handler) : -1;
        Cause = texts.NumberOf(file.Cause);
        FiledAt = file.FiledAt.UtcTicks;
        StatusAt = file.StatusAt.UtcTicks;
        LatestAt = Math.Max(file.Flow.LatestAt.UtcTicks, file.StatusAt.UtcTicks);
        DueAt = DueAtOf(file).UtcTicks;
        ClaimFen = file.ClaimFen;
        FundsInFen = file.Funds.InFen;
        FundsOutFen = file.Funds.OutFen;
        Irregular = file.Irregular;
        Node = (byte)file.Flow.Latest;
        Way = state is CaseState.Closed closed ? closed.Way : default;
        IsReinstated = state is CaseState.Closed { ReinstatedAs: not null };
        Status = state switch
        {
            CaseState.Open when file.Suspensions.Count > 0 => CaseStatus.Suspended,
            CaseState.Open => CaseStatus.Open,
            CaseState.Closed => CaseStatus.Closed,
            _ => CaseStatus.Moved,
        };
    }
}
