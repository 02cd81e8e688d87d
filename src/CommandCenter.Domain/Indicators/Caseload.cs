using CommandCenter.Domain.Cases;

namespace CommandCenter.Domain.Indicators;

/// <summary>收结存 and money of some courts over some time, read from the summed columns of <see cref="Flows"/>.</summary>
/// <remarks>The main figures count 执 and 执恢; 执保 and the rest stand apart in <see cref="ReceivedOf"/> and its like.</remarks>
public sealed class Caseload
{
    private readonly long[] _columns;

    /// <summary>Reads summed columns.</summary>
    /// <param name="columns">As many as <see cref="Flows.ColumnCount"/>; kept, not copied.</param>
    /// <exception cref="ArgumentException">The number of columns is wrong.</exception>
    public Caseload(long[] columns)
    {
        if (columns.Length != Flows.ColumnCount)
        {
            throw new ArgumentException($"{columns.Length} columns given; {Flows.ColumnCount} are counted.", nameof(columns));
        }

        _columns = columns;
    }

    /// <summary>新收, cases.</summary>
    public long Received => ReceivedOf(CaseClass.First) + ReceivedOf(CaseClass.Reinstated);

    /// <summary>结案, cases, net of closings undone; 终本 included.</summary>
    public long Closed => ClosedOf(CaseClass.First) + ClosedOf(CaseClass.Reinstated);

    /// <summary>By how much the pending stock (存) of the main classes grew.</summary>
    public long PendingGrowth => PendingGrowthOf(CaseClass.First) + PendingGrowthOf(CaseClass.Reinstated);

    /// <summary>By how much the terminal stock grew.</summary>
    public long TerminalGrowth => ClosedByWay(CloseWay.Terminal) - _columns[Flows.Reinstated];

    /// <summary>Cases taken over from other courts.</summary>
    public long TransferredIn => _columns[Flows.TransferredIn] + _columns[Flows.TransferredIn + 1];

    /// <summary>Cases given to other courts.</summary>
    public long TransferredOut => _columns[Flows.TransferredOut] + _columns[Flows.TransferredOut + 1];

    /// <summary>Closings undone.</summary>
    public long Revoked => _columns[Flows.Revoked] + _columns[Flows.Revoked + 1];

    /// <summary>案款到账 in fen, net of counter-entries.</summary>
    public long FundsInFen => _columns[Flows.FundsIn] - _columns[Flows.FundsInReversed];

    /// <summary>案款发放 in fen, net of counter-entries.</summary>
    public long FundsOutFen => _columns[Flows.FundsOut] - _columns[Flows.FundsOutReversed];

    /// <summary>Petitions received.</summary>
    public long PetitionsReceived => _columns[Flows.PetitionsReceived];

    /// <summary>Petitions answered.</summary>
    public long PetitionsAnswered => _columns[Flows.PetitionsAnswered];

    /// <summary>Facts recorded with an irregularity.</summary>
    public long Irregular => _columns[Flows.Irregular];

    /// <summary>新收 of one class.</summary>
    public long ReceivedOf(CaseClass @class) => _columns[Flows.Received + (int)@class];

    /// <summary>结案 of one class, net of closings undone.</summary>
    public long ClosedOf(CaseClass @class) => _columns[Flows.Closed + (int)@class] - _columns[Flows.Revoked + (int)@class];

    /// <summary>结案 of the main classes by one way, net of closings undone.</summary>
    public long ClosedByWay(CloseWay way) => _columns[Flows.ClosedBy + (int)way] - _columns[Flows.RevokedBy + (int)way];

    /// <summary>Growth of the stock of one class: received + transferred in − closed − transferred out.</summary>
    public long PendingGrowthOf(CaseClass @class) => ReceivedOf(@class) + _columns[Flows.TransferredIn + (int)@class]
        - ClosedOf(@class) - _columns[Flows.TransferredOut + (int)@class];
}
