using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Snapshots;

/// <summary>Throws all snapshots of a directory away, so that the next opening builds every model from its journal alone.</summary>
public static class SnapshotDisposal
{
    /// <summary>Deletes the snapshots and returns how many there were. The journals stay as they are.</summary>
    /// <exception cref="DataDirectoryException">It is in use, not ours, or of another format.</exception>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public static int DeleteAll(string dataDirectory, TimeProvider time)
    {
        using var directory = DataDirectory.Open(dataDirectory, partitionCount: null, time); // Locked: a running server would write anew.
        var count = 0;
        for (var index = 0; index < directory.PartitionCount; index++)
        {
            var path = DataDirectory.PartitionPath(directory.Path, index);
            if (!Directory.Exists(path))
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(path, "snapshot-*.bin"))
            {
                File.Delete(file);
                count++;
            }
        }

        return count;
    }
}
