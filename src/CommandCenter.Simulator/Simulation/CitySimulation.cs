using System.Globalization;
using CommandCenter.Simulator.Calendar;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Delivery;
using CommandCenter.Simulator.Events;
using CommandCenter.Simulator.Mischief;
using CommandCenter.Simulator.Officers;
using CommandCenter.Simulator.Scale;
using CommandCenter.Simulator.Truth;

namespace CommandCenter.Simulator.Simulation;

/// <summary>Tells a product some days of the city and knows what must come out.</summary>
internal sealed class CitySimulation(
    ProductClient product, string config, SimulationOptions options, TimeProvider time, TextWriter output, TextWriter faults, bool isTerminal)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs to the end.</summary>
    /// <returns>Whether the product answered to every event as it must.</returns>
    /// <exception cref="RunException">The product cannot be reached, refuses whole requests, or has not the courts.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var calendar = WorkCalendar.Read(config);
        var city = new VirtualCity(options.Seed, await CourtMarksAsync(cancellationToken), calendar, Math.Min(1, options.Scale));
        var now = time.GetUtcNow();
        var first = options.From ?? Shanghai.DayOf(now).AddDays(-options.Days);
        var (from, to) = (Shanghai.StartOf(first), Earlier(Shanghai.StartOf(first.AddDays(options.Days)), options.Rate is null ? now : DateTimeOffset.MaxValue));
        if (from >= now)
        {
            throw new RunException(2, $"--from {first:yyyy-MM-dd} lies in the future.");
        }

        Say(string.Create(CultureInfo.InvariantCulture, $"{city.Courts.Count} courts, {first:yyyy-MM-dd} to {to.ToOffset(Shanghai.Offset):yyyy-MM-dd HH:mm}, seed {options.Seed}."));
        if (calendar.YearsUnknown(first, Shanghai.DayOf(to)) is { Count: > 0 } unknown)
        {
            Say(WorkCalendar.SayUnknown(unknown));
        }

        var walk = new MischiefWalk(
            new Walks(new CityWalk(city, first, DateTimeOffset.MinValue, options.StockDays), new PatrolWalk(city, from, options.Rate is null ? DateTimeOffset.MaxValue : from)),
            options.Mischief,
            options.Seed);
        var truth = new CityTruth(city.Courts);
        var told = await ToldBeforeAsync(city, first, to, cancellationToken);
        var bar = new ProgressBar(output, isTerminal, from, to, time);
        using var feed = new Feed(product, options.Mischief.HasFlag(MischiefKinds.Contradictory) ? TextWriter.Null : faults);
        await TellAsync(Post, walk, from, to, cancellationToken);
        bar.Clear();
        if (options.ExpectFile is { } file)
        {
            ExpectFile.Write(file, city, to, truth, walk.Counts);
        }

        return Conclude(truth, feed, told is not null);

        Task Post(IEnumerable<PlannedEvent> events) => feed.PostAsync(
            truth.Note(events).Where(planned => told is null || planned.At >= told),
            last => bar.Show(last.At, feed.AcceptedCount + feed.DuplicateCount + feed.RejectedCount),
            cancellationToken);
    }

    private async Task TellAsync(
        Func<IEnumerable<PlannedEvent>, Task> post, MischiefWalk walk, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (options.Rate is not { } rate)
        {
            await post(walk.Until(to));
            await post(walk.Rest());
            return;
        }

        // The city's clock begins at its first day and runs until it meets the end, or the present, with which it then goes on.
        var begun = time.GetTimestamp();
        for (var at = from; at < to; at = Earlier(Earlier(from + (time.GetElapsedTime(begun) * rate), time.GetUtcNow()), to))
        {
            await post(walk.Until(at));
            await Task.Delay(s_tick, time, cancellationToken);
        }

        await post(walk.Until(to));
        await post(walk.Rest());
    }

    // Whoever holds the marker case of a day was told everything before it. Mischief holds events back, so it proves nothing then.
    private async Task<DateTimeOffset?> ToldBeforeAsync(VirtualCity city, DateOnly first, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (options.Mischief != MischiefKinds.None || !await product.HoldsCaseAsync(city.MarkerOf(first), cancellationToken))
        {
            return null;
        }

        for (var day = Shanghai.DayOf(to).AddDays(-1); day > first; day = day.AddDays(-1))
        {
            if (await product.HoldsCaseAsync(city.MarkerOf(day), cancellationToken))
            {
                Say(string.Create(CultureInfo.InvariantCulture, $"The server holds this city up to {day:yyyy-MM-dd}; going on from there."));
                return Shanghai.StartOf(day.AddDays(-1));
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> CourtMarksAsync(CancellationToken cancellationToken)
    {
        var known = await product.ReadCourtMarksAsync(cancellationToken);
        if (options.Scale <= 1)
        {
            return known;
        }

        var marks = ScaledCourts.Marks(config, (int)options.Scale);
        var missing = marks.Except(known, StringComparer.Ordinal).Count();
        return missing == 0
            ? marks
            : throw new RunException(2, $"The server lacks {missing} of {marks.Count} courts. Write them with --write-courts DIR --scale {options.Scale}, then serve with --config DIR.");
    }

    private bool Conclude(CityTruth truth, Feed feed, bool wentOn)
    {
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Done: {feed.AcceptedCount:N0} events accepted, {feed.DuplicateCount:N0} known before, {feed.RejectedCount:N0} refused."));
        var codes = truth.RefusalCounts.Keys.Union(feed.RejectedByCode.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var wrong = codes.Where(code => truth.RefusalCounts.GetValueOrDefault(code) != feed.RejectedByCode.GetValueOrDefault(code)).ToArray();
        foreach (var code in wrong)
        {
            faults.WriteLine($"{code}: {truth.RefusalCounts.GetValueOrDefault(code)} events must be refused, {feed.RejectedByCode.GetValueOrDefault(code)} were.");
        }

        var answered = feed.AcceptedCount + feed.DuplicateCount;
        if (!wentOn && answered != truth.FactCount + truth.RepeatCount)
        {
            faults.WriteLine($"{truth.FactCount + truth.RepeatCount} events must be taken, {answered} were.");
            return false;
        }

        return wrong.Length == 0;
    }

    private void Say(string line) => output.WriteLine(line);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
