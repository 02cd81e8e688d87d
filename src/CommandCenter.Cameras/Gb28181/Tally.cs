namespace CommandCenter.Cameras.Gb28181;

/// <summary>Counts, from any thread.</summary>
internal sealed class Tally
{
    private long _registered;
    private long _refused;
    private long _messages;
    private long _repeated;
    private long _malformed;
    private long _packets;
    private long _strangers;
    private long _lost;
    private long _reordered;
    private long _units;
    private long _dropped;

    public void Registered() => Interlocked.Increment(ref _registered);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Message() => Interlocked.Increment(ref _messages);

    public void Repeated() => Interlocked.Increment(ref _repeated);

    public void Malformed() => Interlocked.Increment(ref _malformed);

    public void Packet() => Interlocked.Increment(ref _packets);

    public void Stranger() => Interlocked.Increment(ref _strangers);

    public void Lost(long count) => Interlocked.Add(ref _lost, count);

    public void Reordered() => Interlocked.Increment(ref _reordered);

    public void Unit() => Interlocked.Increment(ref _units);

    public void Dropped() => Interlocked.Increment(ref _dropped);

    public GbCounters Read() => new(
        Interlocked.Read(ref _registered), Interlocked.Read(ref _refused), Interlocked.Read(ref _messages), Interlocked.Read(ref _repeated),
        Interlocked.Read(ref _malformed), Interlocked.Read(ref _packets), Interlocked.Read(ref _strangers), Interlocked.Read(ref _lost),
        Interlocked.Read(ref _reordered), Interlocked.Read(ref _units), Interlocked.Read(ref _dropped));
}
