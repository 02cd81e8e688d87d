using System.Diagnostics;
using System.Globalization;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Cameras.Tests.Sources;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>
/// Guards what a server holds that runs for months: while cameras are removed and registered anew every other second and viewers come and go,
/// memory, threads and handles stay what they were. Compared are moments at which the same is going on.
/// </summary>
internal static class SoakBench
{
    private const int CameraCount = 12;
    private const int ChangedAtATime = 4;
    private const int LookCount = 12;
    private const int WarmUpLooks = LookCount / 3;
    private const double ThreadsMoreMost = 4;
    private const double HandlesMoreMost = 8;
    private const double MebibytesMoreMost = 24;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(3); // What stops ends its threads and closes its sockets a moment later.

    public static async Task RunAsync(Report report, bool isQuick, bool isLong)
    {
        if (FakeCameraServer.Missing() is { } missing)
        {
            report.Say("  left out: " + missing);
            return;
        }

        using var directory = new TemporaryDirectory();
        string[] ids = [.. Enumerable.Range(0, CameraCount).Select(static i => $"cam-{i}")];
        await using var devices = new FakeCameraProcess(LoopbackPort.Free(), "", "", ids.Select(static id => $"/{id}={TestPictures.Small}"));
        await devices.StartAsync(CancellationToken.None);
        await using var server = await ServerProcess.StartAsync(Path.Combine(directory.Path, "data"));
        using var fleet = new CameraFleet(server);
        foreach (var id in ids)
        {
            await fleet.AddAsync(id, devices.AddressOf("/main"), devices.AddressOf("/" + id));
        }

        await using var viewer = await TileViewer.OpenAsync(server, ids);
        var (looks, begun) = await SoakAsync(report, server, devices, fleet, ids, TimeSpan.FromMinutes(isQuick ? 1 : isLong ? 60 : 5));
        if (viewer.Fault is { } fault)
        {
            report.Fail($"the viewer who stayed was lost: {fault}");
        }

        var (before, after) = (looks[WarmUpLooks..(2 * WarmUpLooks)], looks[(2 * WarmUpLooks)..]);
        report.Add(new Measurement("cameras registered anew meanwhile", "", [begun]));
        report.Add(More("threads more at the end", "", static look => look.Threads, Budget.AtMost(ThreadsMoreMost)));
        report.Add(More("handles more at the end", "", static look => look.Handles, Budget.AtMost(HandlesMoreMost)));
        report.Add(More("memory more at the end", "MiB", static look => look.Mebibytes, isQuick ? null : Budget.AtMost(MebibytesMoreMost))); // The collector's pools fill for minutes.
        await server.StopAsync();

        // The last third against the one before it; the first one is the warm-up.
        Measurement More(string what, string unit, Func<Look, double> read, Budget? budget) => new(what, unit, [Median(after.Select(read)) - Median(before.Select(read))], budget);
    }

    private static async Task<(Look[] Looks, int Begun)> SoakAsync(Report report, ServerProcess server, FakeCameraProcess devices, CameraFleet fleet, string[] ids, TimeSpan duration)
    {
#pragma warning disable CA5394 // Seeded, so that every run changes the same ones; it guards nothing.
        var random = new Random(1);
        var looks = new List<Look>();
        var begun = 0;
        var started = Stopwatch.GetTimestamp();
        while (looks.Count < LookCount)
        {
            var chosen = random.GetItems(ids, ChangedAtATime).Distinct().ToArray();
#pragma warning restore CA5394
            await using (await TileViewer.OpenAsync(server, ids))
            {
                foreach (var id in chosen)
                {
                    await fleet.RemoveAsync(id);
                }

                await Task.Delay(s_pause);
                foreach (var id in chosen)
                {
                    await fleet.AddAsync(id, devices.AddressOf("/main"), devices.AddressOf("/" + id));
                }

                await Task.Delay(s_pause);
            }

            begun += chosen.Length;
            if (Stopwatch.GetElapsedTime(started) >= duration * (looks.Count + 1) / LookCount)
            {
                await fleet.AllAsync("live");
                await Task.Delay(s_rest);
                var look = new Look(server.Threads, server.Handles, server.ResidentBytes / 1048576.0);
                looks.Add(look);
                report.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  after {Stopwatch.GetElapsedTime(started).TotalMinutes:N1} min: {look.Threads} threads, {look.Handles} handles, {look.Mebibytes:N0} MiB; load {Machine.Load:N1}"));
            }
        }

        return ([.. looks], begun);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Look(int Threads, int Handles, double Mebibytes);
}
