using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;

namespace CommandCenter.Domain.Indicators;

/// <summary>What one event adds to one column of a court's window.</summary>
/// <param name="Column">A column of <see cref="Flows"/>.</param>
/// <param name="Delta">How much; cases or fen.</param>
public readonly record struct Flow(int Column, long Delta);

/// <summary>
/// The columns of a five-minute window and which event counts in which. Only sums: adding is commutative, so that a late event
/// corrects its old window by adding to it, and areas and the city are sums of courts.
/// </summary>
/// <remarks>Counting rules: domain reference §4. Columns are stored: append, never reorder.</remarks>
public static class Flows
{
    /// <summary>新收 by class, four columns.</summary>
    public const int Received = 0;

    /// <summary>结案 by class, four columns.</summary>
    public const int Closed = 4;

    /// <summary>Closings undone, by class, four columns.</summary>
    public const int Revoked = 8;

    /// <summary>Cases taken over from another court, by class, four columns.</summary>
    public const int TransferredIn = 12;

    /// <summary>Cases given to another court, by class, four columns.</summary>
    public const int TransferredOut = 16;

    /// <summary>结案 of the main classes by way, six columns.</summary>
    public const int ClosedBy = 20;

    /// <summary>Closings undone of the main classes by way, six columns.</summary>
    public const int RevokedBy = 26;

    /// <summary>Terminal cases for which a reinstated case was filed.</summary>
    public const int Reinstated = 32;

    /// <summary>案款到账, fen.</summary>
    public const int FundsIn = 33;

    /// <summary>Money in that was reversed, fen.</summary>
    public const int FundsInReversed = 34;

    /// <summary>案款发放, fen.</summary>
    public const int FundsOut = 35;

    /// <summary>Money out that was reversed, fen.</summary>
    public const int FundsOutReversed = 36;

    /// <summary>Petitions received.</summary>
    public const int PetitionsReceived = 37;

    /// <summary>Petitions answered.</summary>
    public const int PetitionsAnswered = 38;

    /// <summary>Facts recorded with an irregularity.</summary>
    public const int Irregular = 39;

    /// <summary>Number of columns.</summary>
    public const int ColumnCount = 40;

    /// <summary>The most columns that one event touches.</summary>
    public const int PerEventMax = 4;

    /// <summary>Writes what an event counts for.</summary>
    /// <param name="event">The event.</param>
    /// <param name="class">The class of its case.</param>
    /// <param name="flows">At least <see cref="PerEventMax"/> long.</param>
    /// <returns>How many were written.</returns>
    public static int Read(CaseEvent @event, CaseClass @class, Span<Flow> flows)
    {
        var count = 0;
        var isMain = @class is CaseClass.First or CaseClass.Reinstated;
        switch (@event)
        {
            case CaseEvent.CaseFiled:
                flows[count++] = new Flow(Received + (int)@class, 1);
                break;
            case CaseEvent.CaseAdmitted:
                flows[count++] = new Flow(TransferredIn + (int)@class, 1);
                break;
            case CaseEvent.CaseTransferred:
                flows[count++] = new Flow(TransferredOut + (int)@class, 1);
                break;
            case CaseEvent.CaseClosed e:
                flows[count++] = new Flow(Closed + (int)@class, 1);
                if (isMain)
                {
                    flows[count++] = new Flow(ClosedBy + (int)e.Way, 1);
                }

                break;
            case CaseEvent.ClosingRevoked e:
                flows[count++] = new Flow(Revoked + (int)@class, 1);
                if (isMain)
                {
                    flows[count++] = new Flow(RevokedBy + (int)e.Way, 1);
                }

                break;
            case CaseEvent.ReinstatementNoted when isMain:
                flows[count++] = new Flow(Reinstated, 1);
                break;
            case CaseEvent.FundsReceived e:
                flows[count++] = new Flow(FundsIn, e.AmountFen);
                break;
            case CaseEvent.FundsDisbursed e:
                flows[count++] = new Flow(FundsOut, e.AmountFen);
                break;
            case CaseEvent.FundsReversed e:
                flows[count++] = new Flow(e.Direction == FundsDirection.In ? FundsInReversed : FundsOutReversed, e.AmountFen);
                break;
            case CaseEvent.PetitionReceived:
                flows[count++] = new Flow(PetitionsReceived, 1);
                break;
            case CaseEvent.PetitionAnswered:
                flows[count++] = new Flow(PetitionsAnswered, 1);
                break;
            default:
                break; // A rollup reads only what it counts, unlike Evolve.
        }

        if (@event.Irregular != Irregularities.None)
        {
            flows[count++] = new Flow(Irregular, 1);
        }

        return count;
    }
}
