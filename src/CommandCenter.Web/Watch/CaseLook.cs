using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Properties;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Watch;

/// <summary>A control that is about to lapse.</summary>
internal sealed record LapsingControl(int Court, CaseNumber Number, PropertyClass Class, ControlAct Act, DateOnly Until);

/// <summary>A look at some of a partition's cases; read on its thread.</summary>
/// <param name="Next">Where the next look begins; 0 when this one reached the end.</param>
/// <param name="Lapsing">Those that lapse first, at most <see cref="LapsingMax"/>.</param>
/// <param name="Waiting">Cases in which money waits.</param>
internal sealed record CaseLook(int Next, IReadOnlyList<LapsingControl> Lapsing, IReadOnlyList<WaitingCase> Waiting)
{
    /// <summary>As many as a wall shows at most.</summary>
    public const int LapsingMax = 40;

    /// <summary>The furthest day ahead that a list looks to.</summary>
    private const int DaysAheadMax = 60;

    // A thousand states take about a millisecond to read, and no event waits longer than that.
    private const int StatesMax = 1_000;
    private const int RowsMax = 20_000;

    /// <param name="model">The partition.</param>
    /// <param name="from">Where the look before ended.</param>
    /// <param name="today">The day in Shanghai on which this pass through the cases began.</param>
    public static CaseLook Read(GrainModel model, int from, DateOnly today)
    {
        var lapsing = new List<LapsingControl>();
        var waiting = new List<WaitingCase>();
        var states = 0;
        var place = from;
        for (; place < model.Cases.Count && states < StatesMax && place - from < RowsMax; place++)
        {
            ref readonly var row = ref model.Cases[place];
            var isOpen = row.Status is CaseStatus.Open or CaseStatus.Suspended; // Of a closed case nobody needs to renew a control.
            var isWaiting = row.Status != CaseStatus.Moved && row.FundsInFen > row.FundsOutFen; // Of one that moved, its new court has the money.
            if (row.Court < 0 || (!isOpen && !isWaiting))
            {
                continue;
            }

            states++;
            var (court, number, last) = (row.Court, row.Number, row.Last);
            if (model.Look(number)?.FileOrNull is not { } file)
            {
                continue;
            }

            if (isWaiting && WaitingCase.LotsOf(file.Funds) is { Length: > 0 } lots)
            {
                waiting.Add(new WaitingCase(number, court, last, lots));
            }

            if (isOpen && file.Properties.Count > 0)
            {
                lapsing.AddRange(file.Properties
                    .Where(property => property.Until >= today && property.Until.DayNumber <= today.DayNumber + DaysAheadMax)
                    .Select(property => new LapsingControl(court, file.Number, property.Class, property.Act, property.Until)));
            }
        }

        return new CaseLook(place < model.Cases.Count ? place : 0, First(lapsing), waiting);
    }

    /// <summary>The controls that lapse first; the case's number settles ties, so that equal rows do not dance.</summary>
    public static LapsingControl[] First(IEnumerable<LapsingControl> controls) =>
        [.. controls.OrderBy(static one => one.Until).ThenBy(static one => one.Number.ToString(), StringComparer.Ordinal).ThenBy(static one => one.Class).Take(LapsingMax)];
}
