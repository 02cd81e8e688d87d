using System.Security.Cryptography;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Recording;

/// <summary>Writes one segment: a fragment for each picture, and a line of the manifest for each second, once its bytes are on the disk.</summary>
/// <remarks>One thread. After an <see cref="IOException"/> nothing more can be written; <see cref="SegmentRecovery"/> closes what is there.</remarks>
internal sealed class SegmentWriter : IDisposable
{
    private const uint FirstDuration = 40_000; // 25 pictures a second, until two of them say better.

    private readonly CameraChain _chain;
    private readonly string _name;
    private readonly IRecordingFile _video;
    private readonly ManifestWriter _manifest;
    private readonly BoxWriter _box = new();
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly DateTimeOffset _begun;
    private readonly long _firstDts;
    private AccessUnit? _waiting; // The next picture says how long this one lasts.
    private uint _duration = FirstDuration;
    private uint _sequence;
    private long _length;
    private long _flushed;
    private int _secondPictures;
    private DateTimeOffset _secondAt;
    private DateTimeOffset _until;

    private SegmentWriter(CameraChain chain, string name, ParameterSets sets, AccessUnit first, IRecordingFile video, ManifestWriter manifest)
    {
        _chain = chain;
        _name = name;
        _video = video;
        _manifest = manifest;
        Sets = sets;
        _begun = first.ArrivedAt;
        _until = first.ArrivedAt;
        _firstDts = first.DtsMicroseconds;
    }

    /// <summary>Those of all its pictures.</summary>
    public ParameterSets Sets { get; }

    /// <summary>When its first picture arrived.</summary>
    public DateTimeOffset Begun => _begun;

    /// <summary>When the last picture that was added is decoded, on its stream's clock.</summary>
    public long LastDts { get; private set; } = long.MinValue;

    /// <summary>When the last picture that was added arrived.</summary>
    public DateTimeOffset LastArrived { get; private set; }

    /// <summary>The last picture of which bytes and manifest are on the disk; <see langword="null"/> before the first flush.</summary>
    public DateTimeOffset? FlushedUntil { get; private set; }

    /// <summary>Bytes on the disk, manifest included.</summary>
    public long Bytes => _flushed + _manifest.Length;

    /// <summary>Begins a segment: its line in the chain, then its files.</summary>
    /// <param name="chain">The camera's.</param>
    /// <param name="folder">The camera's.</param>
    /// <param name="sets">Parameter sets of all its pictures.</param>
    /// <param name="first">The key picture that will be added first.</param>
    /// <param name="disk">Where to.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static SegmentWriter Begin(CameraChain chain, string folder, ParameterSets sets, AccessUnit first, RecordingDisk disk)
    {
        var name = SegmentName.Next(folder, first.ArrivedAt);
        var path = Path.Combine(folder, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var begun = chain.Append(new RecordLine { Prev = "", Kind = RecordLine.Begun, At = first.ArrivedAt.ToUniversalTime(), Camera = chain.Camera, File = name });
        var video = disk.Open(path);
        ManifestWriter? manifest = null;
        try
        {
            manifest = new ManifestWriter(disk.Open(Path.Combine(folder, SegmentName.ManifestOf(name))), begun.Hash, length: 0);
            var writer = new SegmentWriter(chain, name, sets, first, video, manifest);
            writer.WriteInit();
            return writer;
        }
        catch
        {
            manifest?.Dispose();
            video.Dispose();
            throw;
        }
    }

    /// <summary>Adds a picture; returns whether a second was flushed.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public bool Add(AccessUnit unit)
    {
        WriteWaiting(unit.DtsMicroseconds);
        var isFlushed = _secondPictures > 0 && SecondOf(unit.ArrivedAt) != SecondOf(_secondAt);
        if (isFlushed)
        {
            Flush();
        }

        _waiting = unit;
        LastDts = unit.DtsMicroseconds;
        LastArrived = unit.ArrivedAt;
        return isFlushed;
    }

    /// <summary>Writes and flushes all there is: no picture comes.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void FlushAll(long? nextDts = null)
    {
        WriteWaiting(nextDts);
        Flush();
    }

    /// <summary>Ends the segment.</summary>
    /// <param name="why"><c>time</c>, <c>parameters</c>, <c>clock</c>, <c>gap</c>, <c>full</c> or <c>stopped</c>.</param>
    /// <param name="nextDts">When the picture after it is decoded, if it is of the same stream.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public ClosedSegment Close(string why, long? nextDts)
    {
        FlushAll(nextDts);
        _manifest.Append(new RecordLine
        {
            Prev = "",
            Kind = RecordLine.End,
            At = _begun.ToUniversalTime(),
            Until = _until.ToUniversalTime(),
            Bytes = _length,
            Pictures = (int)_sequence,
            Why = why,
        });
        return SegmentRecovery.CloseInChain(_chain, _name, _manifest.Last!, isRecovered: false);
    }

    public void Dispose()
    {
        _manifest.Dispose();
        _video.Dispose();
        _sha256.Dispose();
    }

    internal static long SecondOf(DateTimeOffset at) => at.ToUnixTimeSeconds();

    private void WriteInit()
    {
        _box.Clear();
        Fmp4Writer.WriteInit(_box, Sets, _begun);
        WriteBox();
        _video.Flush();
        _manifest.Append(new RecordLine
        {
            Prev = "",
            Kind = RecordLine.Begin,
            At = _begun.ToUniversalTime(),
            Camera = _chain.Camera,
            File = _name,
            Codec = Sets.Codec == VideoCodec.H264 ? "h264" : "h265",
            Width = Sets.Parameters.Width,
            Height = Sets.Parameters.Height,
            Offset = 0,
            Bytes = _length,
            Sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset()),
        });
        _flushed = _length;
    }

    private void WriteWaiting(long? nextDts)
    {
        if (_waiting is not { } unit)
        {
            return;
        }

        _duration = nextDts is { } next && next > unit.DtsMicroseconds ? (uint)Math.Min(next - unit.DtsMicroseconds, uint.MaxValue) : _duration;
        _box.Clear();
        Fmp4Writer.WriteFragment(_box, Sets, unit, _sequence + 1, unit.DtsMicroseconds - _firstDts, _duration);
        WriteBox();
        _sequence++;
        _secondAt = _secondPictures++ == 0 ? unit.ArrivedAt : _secondAt;
        _until = unit.ArrivedAt;
        _waiting = null;
    }

    private void WriteBox()
    {
        _video.Write(_box.Written.Span, _length);
        _sha256.AppendData(_box.Written.Span);
        _length += _box.Length;
    }

    // First the bytes, then the line that vouches for them: whatever a line names is on the disk.
    private void Flush()
    {
        if (_secondPictures == 0)
        {
            return;
        }

        _video.Flush();
        _manifest.Append(new RecordLine
        {
            Prev = "",
            Kind = RecordLine.Second,
            At = _secondAt.ToUniversalTime(),
            Until = _until.ToUniversalTime(),
            Offset = _flushed,
            Bytes = _length - _flushed,
            Pictures = _secondPictures,
            Sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset()),
        });
        _flushed = _length;
        _secondPictures = 0;
        FlushedUntil = _until;
    }
}
