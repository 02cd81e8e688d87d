using System.Text.Json;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallFeedTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_sample = new WallOptions().SampleInterval;
    private static readonly TimeSpan s_heartbeat = new WallOptions().HeartbeatInterval;

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 22, 1, 41, 0, TimeSpan.Zero));
    private readonly Desk _desk = new();
    private readonly WatchedPart _watched = new();
    private readonly WallFeed _feed;

    public WallFeedTests()
    {
        _desk.Figures = new MovingCity(_time).Read();
        _feed = NewFeed();
    }

    [Fact]
    public async Task A_follower_gets_the_latest_frame_at_once_with_the_whole_day_of_money()
    {
        await using var follower = Follow();

        var frame = await NextOf(follower);

        Assert.Equal(_desk.Figures.Version, frame.GetProperty("v").GetInt64());
        Assert.Equal(288, Part(frame, "funds").GetProperty("in").GetArrayLength());
        Assert.Equal(22, Part(frame, "city").GetProperty("courts").GetArrayLength());
    }

    [Fact]
    public async Task A_change_goes_out_at_the_next_sample_without_the_day_of_money()
    {
        await StartAsync();
        await using var follower = Follow();
        await NextOf(follower);

        var steps = _desk.Figures.Funds24h.ToArray();
        steps[^1] = steps[^1] with { InFen = steps[^1].InFen + 1 };
        _desk.Figures = _desk.Figures with { Version = _desk.Figures.Version + 1, Funds24h = steps };
        var next = NextOf(follower);
        _time.Advance(s_sample);

        var frame = await next;
        Assert.Equal(_desk.Figures.Version, frame.GetProperty("v").GetInt64());
        Assert.False(frame.GetProperty("parts").TryGetProperty("funds", out _));
        Assert.Equal(_desk.Figures.Funds24h[^1].InFen, Part(frame, "fundsNow")[0].GetInt64());
    }

    [Fact]
    public async Task A_late_payment_sends_the_day_of_money_again()
    {
        await StartAsync();
        await using var follower = Follow();
        await NextOf(follower);

        var steps = _desk.Figures.Funds24h.ToArray();
        steps[10] = steps[10] with { InFen = steps[10].InFen + 1 };
        _desk.Figures = _desk.Figures with { Version = _desk.Figures.Version + 1, Funds24h = steps };
        var next = NextOf(follower);
        _time.Advance(s_sample);

        Assert.Equal(steps[10].InFen, Part(await next, "funds").GetProperty("in")[10].GetInt64());
    }

    [Fact]
    public async Task Unchanged_figures_are_repeated_every_second_and_not_sooner()
    {
        await StartAsync();
        await using var follower = Follow();
        var first = await NextOf(follower);

        var next = NextOf(follower);
        for (var passed = s_sample; passed < s_heartbeat; passed += s_sample)
        {
            await TickAsync();
            Assert.False(next.IsCompleted, $"a frame went out {passed} after the last one");
        }

        await TickAsync();
        var second = await next;
        Assert.Equal(first.GetProperty("v").GetInt64(), second.GetProperty("v").GetInt64());
        Assert.Equal(1_000, second.GetProperty("now").GetInt64() - first.GetProperty("now").GetInt64());
    }

    [Fact]
    public async Task A_slow_follower_skips_to_the_latest_and_still_gets_the_money_it_missed()
    {
        await StartAsync();
        await using var slow = Follow();
        await NextOf(slow);

        var steps = _desk.Figures.Funds24h.ToArray();
        steps[3] = steps[3] with { OutFen = 77 };
        await PublishAsync(_desk.Figures with { Version = 5_001, Funds24h = steps });
        await PublishAsync(_desk.Figures with { Version = 5_002 });
        await PublishAsync(_desk.Figures with { Version = 5_003 });

        var frame = await NextOf(slow);
        Assert.Equal(5_003, frame.GetProperty("v").GetInt64());
        Assert.Equal(77, Part(frame, "funds").GetProperty("out")[3].GetInt64());
    }

    [Fact]
    public async Task A_source_that_fails_leaves_the_last_frame_and_is_asked_again()
    {
        await StartAsync();
        await using var follower = Follow();
        await NextOf(follower);

        _desk.Fault = new InvalidOperationException("the partition is being reloaded");
        await TickAsync();
        _desk.Fault = null;
        await PublishAsync(_desk.Figures with { Version = 9_000 });

        Assert.Equal(9_000, (await NextOf(follower)).GetProperty("v").GetInt64());
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_is_named_as_missing_until_it_can_and_takes_no_other_with_it()
    {
        await StartAsync();
        await using var follower = Follow();
        Assert.False((await NextOf(follower)).TryGetProperty("missing", out _));

        _watched.ReadFault = new InvalidOperationException("the watch is ill");
        await PublishAsync(_desk.Figures with { Version = 9_001 });
        var ill = await NextOf(follower);
        Assert.Equal([WatchedPart.PartName], Missing(ill));
        Assert.Equal(22, Part(ill, "city").GetProperty("courts").GetArrayLength());

        _watched.ReadFault = null;
        await PublishAsync(_desk.Figures with { Version = 9_002 });
        var well = await NextOf(follower);
        Assert.False(well.TryGetProperty("missing", out _));
        Assert.True(Part(well, WatchedPart.PartName).GetBoolean());
    }

    [Fact]
    public async Task A_part_that_cannot_be_written_is_named_as_missing_in_every_frame_that_would_have_it()
    {
        await StartAsync();
        await using var follower = Follow();
        _watched.WriteFault = new InvalidOperationException("a word is missing");
        _watched.State = 2;
        await PublishAsync(_desk.Figures with { Version = 9_001 });
        _ = await NextOf(follower);
        await PublishAsync(_desk.Figures with { Version = 9_002 });

        var frame = await NextOf(follower);

        Assert.Equal([WatchedPart.PartName], Missing(frame));
        Assert.Equal(9_002, frame.GetProperty("v").GetInt64());
        Assert.Equal(1, _watched.Tries);
    }

    [Fact]
    public async Task A_wall_starts_without_a_part_that_is_ill_from_the_beginning()
    {
        _watched.ReadFault = new InvalidOperationException("the watch has not begun");
        using var feed = NewFeed();

        await using var follower = feed.FollowAsync("main", WallLanguage.Zh, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var frame = await NextOf(follower);

        Assert.Equal([WatchedPart.PartName], Missing(frame));
        Assert.Equal(288, Part(frame, "funds").GetProperty("in").GetArrayLength());
    }

    [Fact]
    public async Task A_frame_stays_small()
    {
        await StartAsync();
        await using var follower = _feed.FollowAsync("main", WallLanguage.Zh, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await follower.MoveNextAsync();
        var whole = follower.Current.Utf8Json.Length;
        await PublishAsync(_desk.Figures with { Version = 6_000 });
        await follower.MoveNextAsync();
        var lean = follower.Current.Utf8Json.Length;

        TestContext.Current.SendDiagnosticMessage($"frame: {lean} bytes, with the day of money {whole} bytes");
        Assert.InRange(lean, 1_000, 8 * 1024);
        Assert.InRange(whole, lean, 16 * 1024);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(TestContext.Current.CancellationToken);
        _feed.Dispose();
    }

    private WallFeed NewFeed() => new(
        _desk, [new BarPart(), new CityPart(), new TrendPart(), new FundsPart(), new FundsNowPart(), _watched],
        WallCatalog.Load(Path.Combine(WallHost.FindRoot(), "wallboard-config", "walls")), new WallInstance("1"), Options.Create(new WallOptions()), _time,
        NullLogger<WallFeed>.Instance);

    private async Task StartAsync()
    {
        await _feed.StartAsync(TestContext.Current.CancellationToken);
        await _time.TimerStarted.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    private IAsyncEnumerator<WallFrame> Follow() =>
        _feed.FollowAsync("main", WallLanguage.Zh, TestContext.Current.CancellationToken).GetAsyncEnumerator();

    private static JsonElement Part(JsonElement frame, string name) => frame.GetProperty("parts").GetProperty(name);

    private static string[] Missing(JsonElement frame) => [.. frame.GetProperty("missing").EnumerateArray().Select(static name => name.GetString()!)];

    private static async Task<JsonElement> NextOf(IAsyncEnumerator<WallFrame> follower)
    {
        Assert.True(await follower.MoveNextAsync().AsTask().WaitAsync(s_patience, TestContext.Current.CancellationToken), "no further frame within ten seconds");
        return JsonDocument.Parse(follower.Current.Utf8Json).RootElement;
    }

    /// <summary>One sample, and the word of the source that it was asked.</summary>
    private async Task TickAsync()
    {
        var asked = _desk.NextRead();
        _time.Advance(s_sample);
        await asked.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    private async Task PublishAsync(CityFigures figures)
    {
        _desk.Figures = figures;
        var published = _feed.Latest.Succeeded;
        await TickAsync();
        await published.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    /// <summary>A part of the main wall that fails when a test says so.</summary>
    private sealed class WatchedPart : IWallPartSource
    {
        public const string PartName = "alarms";

        public string Name => PartName;

        public int State { get; set; } = 1;

        public Exception? ReadFault { get; set; }

        public Exception? WriteFault { get; set; }

        public int Tries { get; private set; }

        public object Read(WallSample sample) => ReadFault is null ? State : throw ReadFault;

        public void Write(Utf8JsonWriter json, object state, WallLanguage language)
        {
            if (WriteFault is not null)
            {
                Tries++;
                throw WriteFault;
            }

            json.WriteBooleanValue(true);
        }
    }

    /// <summary>A source that a test writes on.</summary>
    private sealed class Desk : IFigureSource
    {
        private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CityFigures Figures { get; set; } = null!;

        public Exception? Fault { get; set; }

        public Task NextRead()
        {
            _read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _read.Task;
        }

        public CityFigures Read()
        {
            _read.TrySetResult();
            return Fault is null ? Figures : throw Fault;
        }
    }
}
