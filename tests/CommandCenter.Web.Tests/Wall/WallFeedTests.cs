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
    private readonly WallFeed _feed;

    public WallFeedTests()
    {
        _desk.Figures = new MovingCity(_time).Read();
        _feed = new WallFeed(
            _desk, [new BarPart(), new CityPart(), new TrendPart(), new FundsPart(), new FundsNowPart()],
            WallCatalog.Load(Path.Combine(WallHost.FindRoot(), "wallboard-config", "walls")), new WallInstance("1"), Options.Create(new WallOptions()), _time,
            NullLogger<WallFeed>.Instance);
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

    private async Task StartAsync()
    {
        await _feed.StartAsync(TestContext.Current.CancellationToken);
        await _time.TimerStarted.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    private IAsyncEnumerator<WallFrame> Follow() =>
        _feed.FollowAsync("main", WallLanguage.Zh, TestContext.Current.CancellationToken).GetAsyncEnumerator();

    private static JsonElement Part(JsonElement frame, string name) => frame.GetProperty("parts").GetProperty(name);

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
