namespace CommandCenter.Web.Search;

/// <summary>Which cases a question may find: those of some courts and, where it is given, of one handler. Nothing else is returned or counted.</summary>
/// <param name="Courts">The courts by index.</param>
/// <param name="Handler">The handler as he is written in the cases; <see langword="null"/> for any.</param>
internal sealed record SearchScope(bool[] Courts, string? Handler = null)
{
    /// <summary>What is in both: of a scope that was asked for, what somebody may see.</summary>
    public SearchScope Within(SearchScope limit) => Handler is not null && limit.Handler is not null && Handler != limit.Handler
        ? new SearchScope(new bool[Courts.Length])
        : new SearchScope([.. Courts.Zip(limit.Courts, static (asked, allowed) => asked && allowed)], limit.Handler ?? Handler);
}

/// <summary>Is given a case that answers a question.</summary>
internal delegate void SearchHit(SearchSegment segment, int slot, int place, byte rank);

/// <summary>The cases of a partition at one moment, to be searched on any thread.</summary>
internal sealed class SearchView(
    SearchIndex index, SearchSegment[] segments, int count, string[] handlers, int handlerCount, SearchSeries[] series, int seriesCount)
{
    /// <summary>Whose cases these are: places are theirs, and mean nothing to an index made after a restart of the partition.</summary>
    public SearchIndex Index => index;

    /// <summary>How many cases there are.</summary>
    public int Count => count;

    /// <summary>The series of a case.</summary>
    public SearchSeries SeriesAt(SearchSegment segment, int slot) => series[segment.Series[slot]];

    /// <summary>Goes through all cases that answer a question, the one filed last first as far as places tell.</summary>
    /// <param name="pattern">The question.</param>
    /// <param name="scope">Which cases it may find; <see langword="null"/> for all, moved ones too: the caller looks at each.</param>
    /// <param name="hit">Is given each.</param>
    /// <param name="cancellationToken">Is looked at every thousand cases.</param>
    public void Find(SearchPattern pattern, SearchScope? scope, SearchHit hit, CancellationToken cancellationToken)
    {
        using var scan = new SearchScan(pattern, handlers.AsSpan(0, handlerCount), series.AsSpan(0, seriesCount));
        var wanted = scope?.Handler is { } handler ? Array.IndexOf(handlers, handler, 0, handlerCount) : -1;
        if (scope?.Handler is not null && wanted < 0)
        {
            return;
        }

        var ranks = new byte[SearchSegment.Size];
        for (var at = (count - 1) >> SearchSegment.Bits; at >= 0; at--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var segment = Volatile.Read(ref segments[at]);
            var used = Math.Min(SearchSegment.Size, count - (at << SearchSegment.Bits));
            if (!scan.Rank(segment, used, ranks))
            {
                continue;
            }

            for (var slot = used - 1; slot >= 0; slot--)
            {
                if (ranks[slot] != SearchRank.None
                    && (scope is null || (segment.Courts[slot] is >= 0 and var court && scope.Courts[court]))
                    && (wanted < 0 || segment.Handlers[slot] == wanted))
                {
                    hit(segment, slot, (at << SearchSegment.Bits) + slot, ranks[slot]);
                }
            }
        }
    }
}
