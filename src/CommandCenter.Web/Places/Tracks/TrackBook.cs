using CommandCenter.Domain;
using CommandCenter.Domain.Officers;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Places.Tracks;

/// <summary>Where officers were today and yesterday, read from the journals: grains hold only where each is now.</summary>
/// <remarks>
/// Facts are taken ten minutes ahead of time at most, so what happened since yesterday was recorded no earlier: the journal before it need not be read.
/// One thread keeps; any thread asks.
/// </remarks>
internal sealed class TrackBook : IJournalKeeper
{
    /// <summary>The most points kept, 48 bytes each. Beyond it the earliest hours are given up, and an answer says so.</summary>
    public const int PointsMax = 2_000_000;

    // Ten minutes that facts may be ahead, and a clock that was set.
    private static readonly TimeSpan s_clockMargin = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly int _pointsMax;
    private readonly Volume[] _volumes;
    private readonly Lock _gate = new();
    private DateTimeOffset _from;

    public TrackBook(GrainHost grains, TimeProvider time, int pointsMax = PointsMax)
    {
        _time = time;
        _pointsMax = pointsMax;
        _from = Yesterday();
        _volumes = [.. Enumerable.Range(0, grains.PartitionCount).Select(static _ => new Volume())];
    }

    /// <inheritdoc/>
    public DateTimeOffset ReadFrom => _from - s_clockMargin;

    /// <summary>The points of an officer in a range, from when on all are here, and since when they are up to date (<see langword="null"/> before the journal was read once).</summary>
    public (IReadOnlyList<TrackPoint> Points, DateTimeOffset From, DateTimeOffset? AsOf) Read(int partition, string court, string officer, DateTimeOffset from, DateTimeOffset until)
    {
        lock (_gate)
        {
            var volume = _volumes[partition];
            return (volume.Shelf.Read(court, officer, from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()), _from, volume.AsOf);
        }
    }

    /// <inheritdoc/>
    public void Take(int partition, long position, GrainRecord record)
    {
        if (record is GrainRecord.OfOfficer { Event: OfficerEvent.PositionReported reported } fact)
        {
            Keep(_volumes[partition], fact, reported);
        }
    }

    /// <inheritdoc/>
    public void Forget(int partition)
    {
        lock (_gate)
        {
            _volumes[partition].Shelf.Clear();
            _volumes[partition].AsOf = null;
        }
    }

    /// <inheritdoc/>
    public void Reach(int partition, DateTimeOffset asOf)
    {
        if (Yesterday() is var day && day > _from)
        {
            ForgetBefore(day);
        }

        lock (_gate)
        {
            _volumes[partition].AsOf = asOf;
        }
    }

    private void Keep(Volume volume, GrainRecord.OfOfficer fact, OfficerEvent.PositionReported reported)
    {
        if (reported.At < _from)
        {
            return;
        }

        var position = reported.Position;
        var point = new TrackPoint(
            reported.At.ToUnixTimeMilliseconds(), fact.RecordedAt.ToUnixTimeMilliseconds(), position.Latitude, position.Longitude,
            (float)(position.AccuracyM ?? double.NaN), (float)(position.HeadingDeg ?? double.NaN), (float)(position.SpeedMps ?? double.NaN), position.Source == Datum.Gcj02);
        lock (_gate)
        {
            volume.Shelf.Add(fact.Envelope.CourtMark, fact.OfficerId, point);
        }

        if (_volumes.Sum(static one => one.Shelf.Count) > _pointsMax)
        {
            // A whole hour of everybody: half a track would look like a whole one.
            var first = DateTimeOffset.FromUnixTimeMilliseconds(_volumes.Min(static one => one.Shelf.FirstMs ?? long.MaxValue));
            ForgetBefore(new DateTimeOffset(first.Year, first.Month, first.Day, first.Hour, 0, 0, TimeSpan.Zero).AddHours(1));
        }
    }

    private void ForgetBefore(DateTimeOffset from)
    {
        lock (_gate)
        {
            _from = from;
            foreach (var volume in _volumes)
            {
                volume.Shelf.ForgetBefore(from.ToUnixTimeMilliseconds());
            }
        }
    }

    private DateTimeOffset Yesterday() => ShanghaiTime.StartOf(ShanghaiTime.DayOf(_time.GetUtcNow()).AddDays(-1)).ToUniversalTime();

    /// <summary>What is known of one partition. Read under the gate.</summary>
    private sealed class Volume
    {
        public TrackShelf Shelf { get; } = new();

        public DateTimeOffset? AsOf { get; set; }
    }
}
