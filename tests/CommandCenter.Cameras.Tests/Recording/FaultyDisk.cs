using System.Diagnostics.CodeAnalysis;
using CommandCenter.Cameras.Recording;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>A disk that is full or hangs when a test says so.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A recorder may still stand at the gate when the test ends.")]
internal sealed class FaultyDisk : RecordingDisk
{
    private const int NoSpace = 28, BadDisk = 5;

    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private long _steps;
    private long _failAt = long.MaxValue;

    public long FreeBytesLeft { get; set; } = long.MaxValue;

    public bool IsFull { get; set; }

    public bool IsBroken { get; set; }

    /// <summary>Writes, flushes and the like so far.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Set when a step is held up.</summary>
    public ManualResetEventSlim IsHeldUp { get; } = new();

    /// <summary>The step with this number fails as a full disk does, half of it done; those after it work again.</summary>
    public void FailOnceAt(long step) => _failAt = step;

    public void Hang() => _gate.Reset();

    public void GoOn() => _gate.Set();

    public override IRecordingFile Open(string path)
    {
        Step();
        return new FaultyFile(this, base.Open(path));
    }

    public override void Put(string path, ReadOnlySpan<byte> content)
    {
        Step();
        base.Put(path, content);
    }

    public override long FreeBytes(string folder) => FreeBytesLeft;

    private void Step(Action? half = null)
    {
        if (!_gate.IsSet)
        {
            IsHeldUp.Set();
            _gate.Wait();
        }

        var isOnce = Interlocked.Increment(ref _steps) == _failAt;
        if (isOnce || IsFull || IsBroken)
        {
            half?.Invoke();
            throw new IOException("The disk of the test.", IsBroken ? BadDisk : NoSpace);
        }
    }

    private sealed class FaultyFile(FaultyDisk disk, IRecordingFile inner) : IRecordingFile
    {
        public long Length => inner.Length;

        public int Read(Span<byte> bytes, long position) => inner.Read(bytes, position);

        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            var half = bytes[..(bytes.Length / 2)].ToArray();
            disk.Step(() => inner.Write(half, position));
            inner.Write(bytes, position);
        }

        public void Flush() => disk.Step(); // No test here pulls the plug: what was written is there.

        public void Cut(long length) => inner.Cut(length);

        public void Dispose() => inner.Dispose();
    }
}
