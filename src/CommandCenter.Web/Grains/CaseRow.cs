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
    public int Court;
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
    public Irregularities Irregular;
    public CaseStatus Status;
    public CloseWay Way;
    public byte Node;

    /// <summary>A 执恢 case was filed for this one.</summary>
    public bool IsReinstated;

    /// <summary><see cref="Court"/> of a case whose court is not in the tree any more.</summary>
    public const int NoCourt = -1;

    /// <summary>Months in which a case must be closed (法发〔2006〕35号1条, limit L55); suspended time does not count.</summary>
    public const int LimitMonths = 6;

    public readonly bool IsMain => Number.Type.Class is CaseClass.First or CaseClass.Reinstated;

    /// <summary>超期未结: open beyond its limit. While suspended its clock stands still.</summary>
    public readonly bool IsOverdue(DateTimeOffset now) => Status == CaseStatus.Open && now.UtcTicks > DueAt;

    /// <summary>The moment after which an open case is overdue.</summary>
    public static DateTimeOffset DueAtOf(CaseFile file) =>
        ShanghaiTime.StartOf(ShanghaiTime.DayOf(file.FiledAt).AddMonths(LimitMonths).AddDays(1)) + file.SuspendedFor;

    /// <summary>终本存量: closed by 终本, and no 执恢 case was filed for it.</summary>
    public readonly bool IsTerminalStock => Status == CaseStatus.Closed && Way == CloseWay.Terminal && IsMain && !IsReinstated;

    /// <summary>Takes everything but <see cref="Number"/>, <see cref="Court"/>, <see cref="Last"/>, <see cref="Text"/> and <see cref="State"/> from the state.</summary>
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
