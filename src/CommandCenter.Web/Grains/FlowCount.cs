using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Grains;

/// <summary>The pending cases of a scope by the node at which they stand, and how long cases stood there; counted from rows on a partition's thread.</summary>
/// <remarks>One pass over rows and one array of counts a node: nothing is kept between events that could go wrong.</remarks>
internal sealed class FlowCount
{
    private const int NodeCount = 64;

    private readonly int[]?[] _times = new int[]?[NodeCount];
    private readonly int[]?[] _passed = new int[]?[NodeCount];

    /// <summary>Pending cases by node.</summary>
    public long[] Standing { get; } = new long[NodeCount];

    /// <summary>Of those, suspended.</summary>
    public long[] Suspended { get; } = new long[NodeCount];

    /// <summary>Of those, open beyond their limit.</summary>
    public long[] Overdue { get; } = new long[NodeCount];

    /// <summary>How long pending cases have stood at a node, by <see cref="StayTime"/> step.</summary>
    public ReadOnlySpan<int> TimesAt(int node) => _times[node];

    /// <summary>How long those stood there that left it in the year.</summary>
    public ReadOnlySpan<int> PassedAt(int node) => _passed[node];

    /// <summary>Counts the main cases of some courts of one partition.</summary>
    /// <param name="model">The partition.</param>
    /// <param name="courts">Which courts; those of other partitions count nothing here.</param>
    /// <param name="handler">Whose cases; <see langword="null"/> for everybody's.</param>
    /// <param name="now">Until when they have stood.</param>
    /// <param name="year">Of which year those are that went on; how long a handler's cases took is not kept.</param>
    public static FlowCount Read(GrainModel model, IReadOnlyList<Court> courts, string? handler, DateTimeOffset now, int year)
    {
        var count = new FlowCount();
        if (handler is null)
        {
            foreach (var grain in model.Courts.Where(grain => courts.Contains(grain.Court)))
            {
                for (var node = 1; node < NodeCount; node++)
                {
                    Add(ref count._passed[node], grain.Passed.Of(year, node));
                }
            }
        }

        var only = handler is null ? -1 : model.Texts.Find(handler);
        if (handler is not null && only < 0)
        {
            return count;
        }

        var minute = StayTime.MinuteOf(now.UtcTicks);
        if (model.Courts.All(grain => courts.Contains(grain.Court)))
        {
            for (var place = 0; place < model.Cases.Count; place++) // In the order in which rows lie in memory.
            {
                count.Take(in model.Cases[place], only, minute, now);
            }
        }
        else
        {
            foreach (var court in courts)
            {
                foreach (var place in model.Cases.PlacesOf(court.Index))
                {
                    count.Take(in model.Cases[place], only, minute, now);
                }
            }
        }

        return count;
    }

    /// <summary>Adds what another partition counted.</summary>
    public FlowCount Add(FlowCount other)
    {
        for (var node = 0; node < NodeCount; node++)
        {
            Standing[node] += other.Standing[node];
            Suspended[node] += other.Suspended[node];
            Overdue[node] += other.Overdue[node];
            Add(ref _times[node], other._times[node]);
            Add(ref _passed[node], other._passed[node]);
        }

        return this;
    }

    private void Take(in CaseRow row, int handler, int minute, DateTimeOffset now)
    {
        if (!row.IsPending || !row.IsMain || row.Court < 0 || (handler >= 0 && row.Handler != handler))
        {
            return;
        }

        var node = row.Node;
        Standing[node]++;
        Suspended[node] += row.Status == CaseStatus.Suspended ? 1 : 0;
        Overdue[node] += row.IsOverdue(now) ? 1 : 0;
        (_times[node] ??= new int[StayTime.StepCount])[StayTime.StepOf(minute - row.StoodSince)]++;
    }

    private static void Add(ref int[]? sums, ReadOnlySpan<int> counts)
    {
        if (counts.IsEmpty)
        {
            return;
        }

        sums ??= new int[StayTime.StepCount];
        for (var step = 0; step < counts.Length; step++)
        {
            sums[step] += counts[step];
        }
    }
}
