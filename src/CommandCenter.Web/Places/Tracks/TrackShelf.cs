namespace CommandCenter.Web.Places.Tracks;

/// <summary>The positions of the officers of one partition in the order of their own times. Not thread-safe.</summary>
internal sealed class TrackShelf
{
    private readonly Dictionary<(string Court, string Officer), List<TrackPoint>> _tracks = [];

    /// <summary>How many points there are.</summary>
    public int Count { get; private set; }

    /// <summary>The earliest time that is kept; <see langword="null"/> when there is nothing.</summary>
    public long? FirstMs => _tracks.Count == 0 ? null : _tracks.Values.Min(static track => track[0].AtMs);

    /// <summary>Keeps a point. What comes late finds its place; of points of one time the one that came first stands first.</summary>
    public void Add(string court, string officer, in TrackPoint point)
    {
        if (!_tracks.TryGetValue((court, officer), out var track))
        {
            _tracks.Add((court, officer), track = []);
        }

        track.Insert(track.Count == 0 || track[^1].AtMs <= point.AtMs ? track.Count : FirstFrom(track, point.AtMs + 1), point);
        Count++;
    }

    /// <summary>The points of an officer from one time, included, to another.</summary>
    public IReadOnlyList<TrackPoint> Read(string court, string officer, long fromMs, long untilMs)
    {
        if (!_tracks.TryGetValue((court, officer), out var track))
        {
            return [];
        }

        var (first, end) = (FirstFrom(track, fromMs), FirstFrom(track, untilMs));
        return end > first ? track.GetRange(first, end - first) : [];
    }

    /// <summary>Gives up what lies before a time.</summary>
    public void ForgetBefore(long ms)
    {
        foreach (var (key, track) in _tracks.ToArray())
        {
            var gone = FirstFrom(track, ms);
            Count -= gone;
            if (gone == track.Count)
            {
                _ = _tracks.Remove(key);
            }
            else if (gone > 0)
            {
                track.RemoveRange(0, gone);
                track.TrimExcess();
            }
        }
    }

    /// <summary>Gives up everything.</summary>
    public void Clear()
    {
        _tracks.Clear();
        Count = 0;
    }

    // The first place whose time is not before this one.
    private static int FirstFrom(List<TrackPoint> track, long ms)
    {
        var (low, high) = (0, track.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = track[middle].AtMs < ms ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
