using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Series;

/// <summary>A look at some of a partition's cases; read on its thread.</summary>
/// <param name="Next">Where the next look begins; 0 when this one reached the end.</param>
/// <param name="Lapsing">Controls that lapse soon, by court index.</param>
internal sealed record ControlLook(int Next, IReadOnlyDictionary<int, long> Lapsing)
{
    /// <summary>Days from today within which a control is about to lapse.</summary>
    public const int LapseDays = 30;

    // A thousand states take about a millisecond to read, and no event waits longer than that.
    private const int StatesMax = 1_000;
    private const int RowsMax = 20_000;

    /// <param name="model">The partition.</param>
    /// <param name="from">Where the look before ended.</param>
    /// <param name="today">The day in Shanghai.</param>
    public static ControlLook Read(GrainModel model, int from, DateOnly today)
    {
        var lapsing = new Dictionary<int, long>();
        var states = 0;
        var place = from;
        for (; place < model.Cases.Count && states < StatesMax && place - from < RowsMax; place++)
        {
            ref readonly var row = ref model.Cases[place];
            if (row.Status is not (CaseStatus.Open or CaseStatus.Suspended) || row.Court < 0)
            {
                continue; // Of a closed case nobody needs to renew a control.
            }

            states++;
            var court = row.Court;
            var count = model.Look(row.Number)?.FileOrNull?.Properties.Count(
                property => property.Until >= today && property.Until <= today.AddDays(LapseDays)) ?? 0;
            if (count > 0)
            {
                lapsing[court] = lapsing.GetValueOrDefault(court) + count;
            }
        }

        return new ControlLook(place < model.Cases.Count ? place : 0, lapsing);
    }
}

/// <summary>
/// Counts the controls that are about to lapse, a part of the cases each turn: they lie in the states of the cases, which are many, and a
/// sample may be some minutes old. The count of a partition is known once all its cases were looked at.
/// </summary>
internal sealed class ControlSweep
{
    private readonly Dictionary<int, long> _counting = [];
    private Dictionary<int, long>? _known;

    /// <summary>Where the next look begins.</summary>
    public int Next { get; private set; }

    /// <summary>Takes a look in.</summary>
    public void Take(ControlLook look)
    {
        foreach (var (court, count) in look.Lapsing)
        {
            _counting[court] = _counting.GetValueOrDefault(court) + count;
        }

        Next = look.Next;
        if (Next == 0)
        {
            _known = new Dictionary<int, long>(_counting);
            _counting.Clear();
        }
    }

    /// <summary>Begins again: the partition was loaded anew, and its cases may lie in other places.</summary>
    public void Restart()
    {
        Next = 0;
        _counting.Clear();
    }

    /// <summary>The count of a court of this partition; <see langword="null"/> until all cases were looked at once.</summary>
    public long? Of(int court) => _known?.GetValueOrDefault(court);
}
