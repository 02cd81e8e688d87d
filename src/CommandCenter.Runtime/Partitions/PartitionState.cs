namespace CommandCenter.Runtime.Partitions;

/// <summary>Where a partition is in its life.</summary>
public enum PartitionState
{
    /// <summary>Loading snapshot and journal, or waiting for a failed journal to be writable again.</summary>
    Recovering,

    /// <summary>Deciding commands.</summary>
    Running,

    /// <summary>Stopped by poison. Only <c>SkipAsync</c> or a restart leads out.</summary>
    Stopped,

    /// <summary>Finishing its queue; nothing new is taken.</summary>
    Draining,

    /// <summary>Journal closed. The end.</summary>
    Closed,
}
