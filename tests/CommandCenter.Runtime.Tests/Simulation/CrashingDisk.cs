using CommandCenter.Runtime.Journal;
using SQLitePCL;

namespace CommandCenter.Runtime.Tests.Simulation;

/// <summary>
/// At one chosen write step keeps the data directory as a crash at that moment would leave it, then lets the run go on. What the files hold
/// is what a killed process leaves; a torn commit, as a power cut leaves it, is made by keeping only part of what the commit wrote.
/// </summary>
/// <param name="source">The directory that is written.</param>
/// <param name="image">Where the copy goes.</param>
/// <param name="crashAt">Number of the step, from 1.</param>
/// <param name="tearSeed">Tears the commit at a byte drawn from this seed when the step is the end of a commit; null keeps it whole.</param>
/// <param name="crashed">Called at that moment, on the thread that writes.</param>
internal sealed class CrashingDisk(string source, string image, int crashAt, int? tearSeed, Action<JournalStep> crashed) : IJournalSeam
{
    // Held while SQLite writes and while the copy is made, so that a copy at a snapshot's step cannot see half a commit of the other thread.
    private readonly object _writing = new();
    private byte[] _walBefore = [];
    private int _stepCount;

    public int StepCount => Volatile.Read(ref _stepCount);

    public bool HasCrashed { get; private set; }

    private static string WalOf(string directory) => Path.Combine(directory, "partition-00", "journal.db-wal");

    public void At(JournalStep step, int partition, sqlite3? database)
    {
        if (step is JournalStep.BeforeCommit or JournalStep.BeforeCheckpoint)
        {
            Monitor.Enter(_writing);
            _walBefore = File.Exists(WalOf(source)) ? ReadShared(WalOf(source)) : [];
        }

        try
        {
            lock (_writing)
            {
                if (Interlocked.Increment(ref _stepCount) == crashAt)
                {
                    Crash(step);
                }
            }
        }
        catch
        {
            // A copy that failed has to show as a failed test, not as a snapshot thread that waits for ever.
            ReleaseIfHeld();
            throw;
        }

        if (step is JournalStep.AfterCommit or JournalStep.AfterCheckpoint)
        {
            ReleaseIfHeld();
        }
    }

    private void ReleaseIfHeld()
    {
        if (Monitor.IsEntered(_writing))
        {
            Monitor.Exit(_writing);
        }
    }

    private void Crash(JournalStep step)
    {
        HasCrashed = true;
        Copy(source, image);
        if (step == JournalStep.AfterCommit && tearSeed is { } seed)
        {
            Tear(new Random(seed));
        }

        crashed(step);
    }

    private void Tear(Random random)
    {
        var after = ReadShared(WalOf(image));
        var kept = random.Next(after.Length + 1);
        byte[] torn = [.. after[..kept], .. _walBefore.Skip(kept)];
        File.WriteAllBytes(WalOf(image), torn);
    }

    private static void Copy(string from, string to)
    {
        _ = Directory.CreateDirectory(to);
        foreach (var directory in Directory.GetDirectories(from))
        {
            Copy(directory, Path.Combine(to, Path.GetFileName(directory)));
        }

        // The shared-memory index is no part of what survives: SQLite builds it anew from the log.
        foreach (var file in Directory.GetFiles(from).Where(static file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            if (Path.GetFileName(file) == "lock")
            {
                continue; // The kernel's lock on it died with the process.
            }

            try
            {
                File.WriteAllBytes(Path.Combine(to, Path.GetFileName(file)), ReadShared(file));
            }
            catch (FileNotFoundException)
            {
                // The snapshot thread renamed or removed it since it was listed; a crash a moment later would not find it either.
            }
        }
    }

    // This sharing mode takes no lock of its own, so neither SQLite nor a snapshot being written is disturbed.
    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
