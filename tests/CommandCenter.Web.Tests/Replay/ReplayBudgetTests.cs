using System.Diagnostics;
using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Replay;

/// <summary>How long a moment of recorded days takes, with a picture of every second in which every court has changed.</summary>
public sealed class ReplayBudgetTests
{
    private const int BlocksPerDay = 288;

    // Writing 60 days takes minutes; what is looked for in the short run is found in the same way.
    private static readonly int s_days = LongRun.IsOn ? 60 : 2;

    [Fact]
    public void Any_moment_of_many_days_is_there_within_a_quarter_of_a_second()
    {
        using var directory = new TemporaryDirectory();
        var start = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
        var end = start.AddDays(s_days);
        Record(directory.Path, start);
        using var history = new ShownHistory(new ReplayOptions(), directory.Path, new ManualTime(end), NullLogger.Instance);
        var random = new Random(1);
        var seeks = new double[2_000];
        for (var i = 0; i < seeks.Length; i++)
        {
            var at = start + (random.NextDouble() * TimeSpan.FromDays(s_days));
            var watch = Stopwatch.GetTimestamp();
            var moment = new HistoryCursor(history).MoveTo(at);
            seeks[i] = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
            Assert.InRange((at - moment.Picture!.At).TotalSeconds, 0, 1);
        }

        // Ten minutes of a replay at 240 times real time, four frames a second: every block is opened.
        var cursor = new HistoryCursor(history);
        var frames = new double[2_400];
        for (var i = 0; i < frames.Length; i++)
        {
            var watch = Stopwatch.GetTimestamp();
            _ = cursor.MoveTo(start.AddSeconds(i * 60));
            frames[i] = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        }

        var bytes = BusyBlockBytes();
        TestContext.Current.SendDiagnosticMessage("every court and the last events change every second: {0:0.0} MiB a day", bytes * BlocksPerDay / 1048576.0);
        Array.Sort(seeks);
        Array.Sort(frames);
        TestContext.Current.SendDiagnosticMessage(
            "{7} days, {0} MiB: seek p50 {1:0.0} ms, p99 {2:0.0} ms, max {3:0.0} ms; replay frame p50 {4:0.0} ms, p99 {5:0.0} ms, max {6:0.0} ms",
            history.State.SizeBytes >> 20, seeks[1_000], seeks[1_980], seeks[^1], frames[1_200], frames[2_376], frames[^1], s_days);
        Assert.InRange(seeks[1_980], 0, 250);
        Assert.InRange(frames[2_376], 0, 250);
    }

    // As at thousands of events a second: nothing stays as it was for a second but the closed windows.
    private static long BusyBlockBytes()
    {
        using var directory = new TemporaryDirectory();
        var time = new ManualTime(new DateTimeOffset(2026, 9, 1, 2, 0, 0, TimeSpan.Zero));
        using var history = new ShownHistory(new ReplayOptions(), directory.Path, time, NullLogger.Instance);
        var random = new Random(1);
        var figures = new MovingCity(time).Read();
        for (var second = 0; second <= 1_200; second++)
        {
            PeriodFigures Grown(PeriodFigures by, PeriodFigures period) => period + by;
            figures = figures with
            {
                AsOf = time.GetUtcNow(),
                Courts = [.. figures.Courts.Select(court =>
                {
                    var by = new PeriodFigures(random.Next(60), random.Next(60), random.NextInt64(5_000_000_000), random.NextInt64(5_000_000_000));
                    return court with { Today = Grown(by, court.Today), Month = Grown(by, court.Month), Year = Grown(by, court.Year), Pending = court.Pending + by.Received - by.Closed, TerminalStock = court.TerminalStock + random.Next(9) };
                })],
                Funds24h = [.. figures.Funds24h.SkipLast(1), figures.Funds24h[^1] with { InFen = random.NextInt64(1L << 40), OutFen = random.NextInt64(1L << 40) }],
                Indicators = [.. figures.Indicators.Select(one => one with { Ratio = random.NextDouble() })],
                Recent = [.. figures.Recent.Select(one => one with { At = time.GetUtcNow().AddTicks(-random.Next(10_000_000)), CaseNumber = $"(2026)沪0{random.Next(101, 152)}执{random.Next(1_000_000)}号", AmountFen = random.Next(2) == 0 ? null : random.NextInt64(1L << 36) })],
                Proof = figures.Proof with { At = time.GetUtcNow() },
            };
            history.Take(figures, time.GetUtcNow());
            time.Advance(TimeSpan.FromSeconds(1));
        }

        _ = history.Flush();
        using var database = HistoryDatabase.Open(directory.Path, time.GetUtcNow(), out _);
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(directory.Path, HistoryDatabase.FileName)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT avg(length(body)) FROM blocks";
        return (long)(double)command.ExecuteScalar()!;
    }

    // One block of a busy city, shifted in time: whatever a block holds counts from its first picture.
    private static void Record(string directory, DateTimeOffset start)
    {
        var time = new ManualTime(start);
        var city = new MovingCity(time);
        var writer = new PictureWriter();
        var first = start.ToUnixTimeMilliseconds();
        for (var second = 0; second < 300; second++)
        {
            writer.Write(first + (second * 1_000L), city.Read(), []);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        using var database = HistoryDatabase.Open(directory, start, out _);
        var bytes = writer.Written.ToArray();
        for (var day = 0; day < s_days; day++)
        {
            database.Write(new HistoryCommit(
                [.. Enumerable.Range(day * BlocksPerDay, BlocksPerDay).Select(index => Shifted(bytes, first + (index * 300_000L)))], null, 0, [], []));
        }
    }

    private static PictureBlock Shifted(byte[] block, long first)
    {
        var bytes = (byte[])block.Clone();
        var value = (ulong)first;
        for (var i = 1; i <= 6; i++)
        {
            // Six bytes of seven bits hold every moment from 1970 to 2109 in the same number of bytes.
            bytes[i] = (byte)((value & 0x7F) | (i < 6 ? 0x80UL : 0));
            value >>= 7;
        }

        return new PictureBlock(first, first + 299_000, bytes);
    }
}
