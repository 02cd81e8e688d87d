using System.Buffers.Binary;

namespace CommandCenter.Cameras.Recording;

/// <summary>Reads recordings, also while they are written: up to the last second that is on the disk. Any thread, any process.</summary>
/// <param name="root">Folder of all recordings.</param>
public sealed class RecordingLibrary(string root)
{
    private static readonly TimeSpan s_joined = TimeSpan.FromSeconds(2);

    /// <summary>Cameras of which there is anything.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Cameras() => !Directory.Exists(root)
        ? []
        : [.. Directory.EnumerateDirectories(root).Select(static path => Path.GetFileName(path)).Where(SegmentName.IsCamera).Order(StringComparer.Ordinal)];

    /// <summary>Segments that hold pictures of a range, in the order in which they were begun.</summary>
    /// <exception cref="ArgumentException">The camera cannot be one.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<RecordedSegment> Segments(string camera, DateTimeOffset from, DateTimeOffset until) =>
        [.. Files(camera, from, until).Select(static file => file.Segment)];

    /// <summary>What is there of a range, without its gaps of 2 seconds and more.</summary>
    /// <exception cref="ArgumentException">The camera cannot be one.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<RecordedRange> Ranges(string camera, DateTimeOffset from, DateTimeOffset until)
    {
        var ranges = new List<RecordedRange>();
        foreach (var segment in Segments(camera, from, until).OrderBy(static segment => segment.From))
        {
            if (ranges.Count > 0 && segment.From - ranges[^1].Until < s_joined)
            {
                ranges[^1] = ranges[^1] with { Until = segment.Until > ranges[^1].Until ? segment.Until : ranges[^1].Until };
            }
            else
            {
                ranges.Add(new RecordedRange(segment.From, segment.Until));
            }
        }

        return ranges;
    }

    /// <summary>Reads a range as one stream: from the key picture at or before its beginning, or the first one behind, to its last picture.</summary>
    /// <remarks>Lazy: the disk is read while it is enumerated.</remarks>
    /// <exception cref="ArgumentException">The camera cannot be one.</exception>
    /// <exception cref="IOException">Something cannot be read.</exception>
    /// <exception cref="RecordingException">A file is none: <c>recording.damaged</c>.</exception>
    public IEnumerable<RecordedFragment> Read(string camera, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var track = new Track();
        foreach (var file in Files(camera, from, until))
        {
            using var video = file.Open();
            var init = file.ReadInit(video);
            if (track.NeedsInit(init))
            {
                yield return new RecordedFragment(init, IsInit: true, IsKey: false, file.Segment.From, null, track.End);
            }

            var start = StartOf(file, video, init.Length, from);
            foreach (var (offset, head) in file.Fragments(video, start).TakeWhile(fragment => fragment.Head.ArrivedAt <= until))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var bytes = new byte[head.Length];
                video.Position = offset;
                video.ReadExactly(bytes);
                yield return track.Place(bytes, head, isFirst: offset == start);
            }
        }
    }

    /// <summary>Writes a range as one playable file. Returns <see langword="null"/>, or where another file has to begin because the parameter sets change there.</summary>
    /// <exception cref="ArgumentException">The camera cannot be one.</exception>
    /// <exception cref="RecordingException">There is nothing of the range: <c>recording.not-found</c>; or a file is none: <c>recording.damaged</c>.</exception>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    public async Task<DateTimeOffset?> CopyAsync(string camera, DateTimeOffset from, DateTimeOffset until, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var count = 0;
        foreach (var fragment in Read(camera, from, until, cancellationToken))
        {
            if (fragment.IsInit && count > 0)
            {
                return fragment.ArrivedAt;
            }

            await output.WriteAsync(fragment.Bytes, cancellationToken);
            count++;
        }

        return count > 0 ? null : throw new RecordingException(RecordingException.NotFound, $"There is no recording of {camera} in this range.", innerException: null);
    }

    internal string FolderOf(string camera) => SegmentName.IsCamera(camera)
        ? Path.Combine(root, camera)
        : throw new ArgumentException($"'{camera}' cannot name a camera.", nameof(camera));

    internal IEnumerable<SegmentFile> Files(string camera, DateTimeOffset from, DateTimeOffset until)
    {
        var folder = FolderOf(camera);
        // A segment stands under the day on which it began.
        var (first, last) = (SegmentName.DayOf(from > DateTimeOffset.MinValue.AddDays(1) ? from.AddDays(-1) : from), SegmentName.DayOf(until));
        return SegmentName.Days(folder)
            .Where(day => string.CompareOrdinal(day, first) >= 0 && string.CompareOrdinal(day, last) <= 0)
            .SelectMany(day => SegmentName.ListDay(folder, day))
            .Where(name => SegmentName.BeginOf(name) <= until)
            .Select(name => SegmentFile.Read(folder, name)).OfType<SegmentFile>()
            .Where(file => file.Segment.From <= until && file.Segment.Until >= from);
    }

    private static long StartOf(SegmentFile file, FileStream video, long first, DateTimeOffset from)
    {
        var start = first; // A segment begins with a key picture.
        foreach (var (offset, head) in file.Fragments(video, first).TakeWhile(fragment => fragment.Head.ArrivedAt <= from))
        {
            start = head.IsKey ? offset : start;
        }

        return start;
    }

    /// <summary>Puts pictures of several files one behind the other.</summary>
    private sealed class Track
    {
        private const int SequenceBeforeDecodeTime = 40;

        private byte[] _init = [];
        private long _end;
        private long _last;
        private long _shift;
        private uint _sequence;
        private DateTimeOffset _lastArrived;

        public TimeSpan End => TimeSpan.FromMicroseconds(_end);

        /// <summary>Whether pictures behind it are decoded otherwise than those before; when it was made does not matter.</summary>
        public bool NeedsInit(byte[] init)
        {
            var isSame = Entry(init).SequenceEqual(Entry(_init));
            _init = init;
            return !isSame;

            static ReadOnlySpan<byte> Entry(byte[] init) => init.AsSpan(Math.Max(0, init.AsSpan().IndexOf("stsd"u8)));
        }

        public RecordedFragment Place(byte[] bytes, FragmentHead head, bool isFirst)
        {
            if (isFirst)
            {
                // Files that follow each other are joined without a seam; a gap stays as long as it was.
                var gap = _sequence == 0 ? TimeSpan.Zero : head.ArrivedAt - _lastArrived;
                _shift = (gap < s_joined ? _end : Math.Max(_end, _last + (long)gap.TotalMicroseconds)) - head.DecodeTime;
            }

            var time = head.DecodeTime + _shift;
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(head.DecodeTimeAt), time);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(head.DecodeTimeAt - SequenceBeforeDecodeTime), ++_sequence);
            _last = time;
            _end = time + head.Duration;
            _lastArrived = head.ArrivedAt;
            return new RecordedFragment(bytes, IsInit: false, head.IsKey, head.ArrivedAt, head.CapturedAt, TimeSpan.FromMicroseconds(time));
        }
    }
}
