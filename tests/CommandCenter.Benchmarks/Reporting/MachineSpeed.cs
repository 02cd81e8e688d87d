using System.Diagnostics;
using System.Security.Cryptography;

namespace CommandCenter.Benchmarks.Reporting;

/// <summary>What the machine itself gives while figures are taken. Cores that are shared with strangers change by a third within minutes.</summary>
internal sealed class MachineSpeed
{
    private const int WordCount = 16 * 1024 * 1024; // 64 MiB: more than a core's own caches, as the cases of a city are.
    private const int ReadCount = 400_000;
    private const int HashedBytes = 32 * 1024 * 1024;

    private readonly int[] _next = OneRound();
    private readonly byte[] _bytes = new byte[HashedBytes];
    private readonly List<double> _readNs = [];
    private readonly List<double> _hashedMibPerSecond = [];
    private int _at;

    /// <summary>Takes a tenth of a second; nothing else should run.</summary>
    public void Sample()
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < ReadCount; i++)
        {
            _at = _next[_at];
        }

        _readNs.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / ReadCount);

        started = Stopwatch.GetTimestamp();
        _ = SHA256.HashData(_bytes);
        _hashedMibPerSecond.Add(HashedBytes / 1048576.0 / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    public void AddTo(Report report)
    {
        report.Add(new Measurement("machine meanwhile: a read of memory", "ns", [.. _readNs]));
        report.Add(new Measurement("  SHA-256 on one core", "MiB/s", [.. _hashedMibPerSecond]));
    }

    // One cycle through all words in random order, so that every read has to wait for the one before. Sattolo 1986.
    private static int[] OneRound()
    {
        var next = Enumerable.Range(0, WordCount).ToArray();
#pragma warning disable CA5394 // Seeded, so that every run walks the same way; it guards nothing.
        var random = new Random(1);
        for (var i = WordCount - 1; i > 0; i--)
        {
            var other = random.Next(i);
            (next[i], next[other]) = (next[other], next[i]);
        }
#pragma warning restore CA5394

        return next;
    }
}
