using System.Diagnostics;

namespace CommandCenter.Benchmarks.Product;

/// <summary>Sends one thing after the other, each when it is due, and times the answers.</summary>
internal static class Pace
{
    /// <param name="count">How many to send.</param>
    /// <param name="dueAt">When each is due, as a timestamp; <see langword="null"/>: as soon as the one before was answered.</param>
    /// <param name="send">Sends one and waits for its answer.</param>
    /// <returns>Milliseconds of each until its answer, from when it was due: a sender that falls behind does not hide it.</returns>
    public static double[] Keep(int count, Func<int, long?> dueAt, Action<int> send)
    {
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var due = dueAt(i);
            if (due is { } later && Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), later) is var ahead && ahead > TimeSpan.Zero)
            {
#pragma warning disable RS0030 // A sender keeps a pace; nothing waits for a result here.
                Thread.Sleep(ahead);
#pragma warning restore RS0030
            }

            var sent = due ?? Stopwatch.GetTimestamp();
            send(i);
            latencies[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }

        return latencies;
    }
}
