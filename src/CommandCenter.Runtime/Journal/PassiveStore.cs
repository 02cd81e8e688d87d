using System.Diagnostics.CodeAnalysis;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Journal;

/// <summary>The passive table seen through the running group.</summary>
internal sealed class PassiveStore(JournalDatabase database, RecordWriter running) : IPassiveStore
{
    public long Count => database.PassiveCount + running.Passive.Keys.Count(key => database.ReadPassive(key) is null);

    public bool TryRead(string key, [NotNullWhen(true)] out byte[]? state)
    {
        state = running.Passive.TryGetValue(key, out var pending) ? [.. pending] : database.ReadPassive(key);
        return state is not null;
    }
}
