using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Runtime.Partitions;

/// <summary>States that were moved out of memory by <see cref="RecordWriter.Passivate"/>. Belongs to the partition's thread.</summary>
public interface IPassiveStore
{
    /// <summary>Keys held, those of the running group included.</summary>
    long Count { get; }

    /// <summary>The last state passivated under a key, also one of the running group. A row stays when its state is activated again.</summary>
    bool TryRead(string key, [NotNullWhen(true)] out byte[]? state);
}
