using System.Diagnostics;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Cameras.Tests.Sources;
using CommandCenter.Testing;
using CommandCenter.Web.Cameras;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>
/// Guards the budgets of the cameras (docs/cameras.md): what 44 of them and 8 viewers of 32 tiles cost the whole server, and how long after a
/// failure of all of them every one is live again. The cameras play in another process, the viewers are connections of this one.
/// </summary>
internal static class CameraBench
{
    private const int SmallCount = 32;
    private const int LargeCount = 12;
    private const int CameraCount = SmallCount + LargeCount;
    private const int ViewerCount = 8;
    private const int SmallPerSecond = 15;
    private const double CorePercentMost = 30;
    private const double RecordingCorePercentMost = 45;
    private const double ThawSecondsMost = 2;
    private const double DeliveredShareLeast = 0.8;

    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    // So long after all are lost, each was tried anew in vain twice at least.
    private static readonly TimeSpan s_lost = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(Report report, bool isQuick)
    {
        if (FakeCameraServer.Missing() is { } missing)
        {
            report.Say("  left out: " + missing);
            return;
        }

        using var directory = new TemporaryDirectory();
        await using var devices = new FakeCameraProcess(LoopbackPort.Free(), "", "", [.. Enumerable.Range(0, CameraCount).Select(static i => $"{MountOf(i)}={(i < SmallCount ? TestPictures.Small : TestPictures.Large)}")]);
        await devices.StartAsync(CancellationToken.None);
        foreach (var (isRecording, most) in ((bool, double)[])[(false, CorePercentMost), (true, RecordingCorePercentMost)])
        {
            await MeasureAsync(report, devices, Path.Combine(directory.Path, isRecording ? "recording" : "live"), isRecording, most, isQuick);
        }
    }

    private static async Task MeasureAsync(Report report, FakeCameraProcess devices, string data, bool isRecording, double most, bool isQuick)
    {
        await using var server = await ServerProcess.StartAsync(data, ("Recordings__Enabled", isRecording ? "true" : "false"));
        using var fleet = new CameraFleet(server);
        var (duration, rounds) = (TimeSpan.FromSeconds(isQuick ? 6 : 30), isQuick ? 1 : 3);

        await Task.Delay(s_settling); // What a start leaves to do.
        var without = await CorePercentAsync(server, duration);
        report.Add(new Measurement("server without cameras", "% core", [without]));
        foreach (var i in Enumerable.Range(0, CameraCount))
        {
            await fleet.AddAsync(IdOf(i), devices.AddressOf("/main"), devices.AddressOf(MountOf(i)));
        }

        await fleet.AllAsync("live");
        await MeasureCostAsync(report, isRecording ? ", all recorded" : "", most, server, fleet, without, rounds, duration);
        if (isRecording)
        {
            await MeasureThawAsync(report, devices, fleet, rounds);
        }

        await server.StopAsync();
    }

    private static async Task MeasureCostAsync(Report report, string how, double most, ServerProcess server, CameraFleet fleet, double without, int rounds, TimeSpan duration)
    {
        var viewers = new List<TileViewer>();
        var (cores, incoming, delivered, dropped, loads) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        try
        {
            for (var i = 0; i < ViewerCount; i++)
            {
                viewers.Add(await TileViewer.OpenAsync(server, Enumerable.Range(0, SmallCount).Select(IdOf)));
            }

            await Task.Delay(s_settling);
            for (var round = 0; round < rounds; round++)
            {
                var (camerasBefore, takenBefore, started) = (await fleet.ReadAsync(), viewers.Sum(static viewer => viewer.Pictures), Stopwatch.GetTimestamp());
                cores.Add(await CorePercentAsync(server, duration));
                var (cameras, taken, seconds) = (await fleet.ReadAsync(), viewers.Sum(static viewer => viewer.Pictures), Stopwatch.GetElapsedTime(started).TotalSeconds);
                incoming.Add((Sum(cameras, static sub => sub.Pictures) - Sum(camerasBefore, static sub => sub.Pictures)) / seconds);
                dropped.Add((Sum(cameras, static sub => sub.Dropped) - Sum(camerasBefore, static sub => sub.Dropped)) / seconds);
                delivered.Add((taken - takenBefore) / seconds);
                loads.Add(Machine.Load);
            }

            if (viewers.Find(static viewer => viewer.Fault is not null) is { } faulty)
            {
                report.Fail($"a viewer was lost: {faulty.Fault}");
            }

            report.Add(new Measurement($"{CameraCount} cameras, {ViewerCount} viewers × {SmallCount} tiles{how}, server", "% core", cores, Budget.AtMost(most)));
            report.Add(new Measurement("  more than without cameras", "% core", [.. cores.Select(core => core - without)]));
            report.Add(new Measurement("  pictures that came in", "/s", incoming));
            report.Add(new Measurement("  pictures delivered", "/s", delivered));
            report.Add(new Measurement("  pictures not delivered to one who looked", "/s", dropped));
            report.Add(new Measurement("  memory of the server", "MiB", [server.ResidentBytes / 1048576.0]));
            report.Add(new Measurement("  its threads", "", [server.Threads]));
            report.Add(new Measurement("  its handles", "", [server.Handles]));
            report.Add(new Measurement("  load of the machine", "", loads));
            if (delivered.Min() < DeliveredShareLeast * ViewerCount * SmallCount * SmallPerSecond)
            {
                report.Fail("so few pictures were delivered that their cost says nothing");
            }
        }
        finally
        {
            foreach (var viewer in viewers)
            {
                await viewer.DisposeAsync();
            }
        }
    }

    private static async Task MeasureThawAsync(Report report, FakeCameraProcess devices, CameraFleet fleet, int rounds)
    {
        var (half, all, loads) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            devices.Freeze();
            await fleet.AllAsync("lost");
            await Task.Delay(s_lost);
            var before = (await fleet.ReadAsync()).ToDictionary(static camera => camera.Id, static camera => camera.Sub!.Pictures);

            devices.Thaw();
            var thawed = Stopwatch.GetTimestamp();
            await fleet.UntilAsync("half of the cameras to be live again", cameras => cameras.Count(IsBack) >= CameraCount / 2);
            half.Add(Stopwatch.GetElapsedTime(thawed).TotalSeconds);
            await fleet.UntilAsync("all cameras to be live again", cameras => cameras.All(IsBack));
            all.Add(Stopwatch.GetElapsedTime(thawed).TotalSeconds);
            loads.Add(Machine.Load);
            await Task.Delay(s_settling);

            bool IsBack(CameraView camera) => camera.State == "live" && camera.Sub!.Pictures > before[camera.Id];
        }

        report.Add(new Measurement($"{CameraCount} cameras frozen and thawed: all live after", "s", all, Budget.AtMost(ThawSecondsMost)));
        report.Add(new Measurement("  half of them", "s", half));
        report.Add(new Measurement("  load of the machine", "", loads));
    }

    private static async Task<double> CorePercentAsync(ServerProcess server, TimeSpan duration)
    {
        var (before, started) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(duration);
        return (server.ProcessorTime - before) / Stopwatch.GetElapsedTime(started) * 100;
    }

    private static long Sum(IReadOnlyList<CameraView> cameras, Func<CameraFigures, long> read) => cameras.Sum(camera => camera.Sub is { } sub ? read(sub) : 0);

    private static string IdOf(int i) => $"cam-{i}";

    private static string MountOf(int i) => $"/cam-{i}";
}
