using System.Globalization;
using CommandCenter.Simulator.Calendar;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Delivery;
using CommandCenter.Simulator.Events;
using CommandCenter.Simulator.Officers;

namespace CommandCenter.Simulator.Demonstration;

/// <summary>Tells the product the past of the city, then its present as it happens.</summary>
internal sealed class Demonstrator(
    ProductClient product, WorkCalendar calendar, DemonstrationOptions options, TimeProvider time, TextWriter progress, TextWriter faults)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromSeconds(2);

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="RunException">The product cannot be reached, or refuses whole requests.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var city = new VirtualCity(options.Seed, await product.ReadCourtMarksAsync(cancellationToken), calendar);
        var live = time.GetUtcNow();
        var start = await Resumption.FindAsync(city, product, Shanghai.DayOf(live), options.Days, cancellationToken);
        var skipUntil = start.SkipUntil ?? DateTimeOffset.MinValue;
        var walk = new Walks(
            new CityWalk(city, start.HistoryFrom, skipUntil),
            new PatrolWalk(city, start.SkipUntil ?? Shanghai.StartOf(start.HistoryFrom), positionsFrom: live),
            new PaceWalk(city, options.Rate, live));

        using var feed = new Feed(product, faults);
        await TellPastAsync(walk, feed, start, live, cancellationToken);
        try
        {
            // The first look comes at once: telling the past took some seconds.
            while (true)
            {
                await feed.PostAsync(walk.Until(time.GetUtcNow()), posted: null, cancellationToken);
                await Task.Delay(s_tick, time, cancellationToken);
            }
        }
        finally
        {
            await progress.WriteLineAsync(Counts("Stopped:", feed));
        }
    }

    private async Task TellPastAsync(Walks walk, Feed feed, Resumption start, DateTimeOffset live, CancellationToken cancellationToken)
    {
        await progress.WriteLineAsync(start.SkipUntil is { } skipUntil
            ? string.Create(CultureInfo.InvariantCulture, $"The server holds this city since {start.HistoryFrom:yyyy-MM-dd}; going on from {Shanghai.DayOf(skipUntil):yyyy-MM-dd}.")
            : string.Create(CultureInfo.InvariantCulture, $"Telling {options.Days} days of history from {start.HistoryFrom:yyyy-MM-dd} (seed {options.Seed})."));

        if (calendar.YearsUnknown(start.HistoryFrom, Shanghai.DayOf(live)) is { Count: > 0 } unknown)
        {
            await progress.WriteLineAsync(WorkCalendar.SayUnknown(unknown));
        }

        var begun = time.GetTimestamp();
        var told = begun;
        await feed.PostAsync(walk.Until(live), Report, cancellationToken);
        var seconds = time.GetElapsedTime(begun).TotalSeconds;
        await progress.WriteLineAsync(Counts(string.Create(CultureInfo.InvariantCulture, $"Live after {seconds:0.0} s:"), feed));

        void Report(PlannedEvent last)
        {
            if (time.GetElapsedTime(told) < s_progressInterval)
            {
                return;
            }

            told = time.GetTimestamp();
            var count = feed.AcceptedCount + feed.DuplicateCount;
            progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  up to {Shanghai.DayOf(last.At):yyyy-MM-dd}: {count} events, {count / time.GetElapsedTime(begun).TotalSeconds:0}/s"));
        }
    }

    private static string Counts(string what, Feed feed) => string.Create(
        CultureInfo.InvariantCulture, $"{what} {feed.AcceptedCount} events accepted, {feed.DuplicateCount} known before, {feed.RejectedCount} refused.");
}
