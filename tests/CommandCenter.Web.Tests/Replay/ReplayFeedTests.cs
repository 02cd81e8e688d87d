using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Replay;

public sealed class ReplayFeedTests : IAsyncLifetime
{
    private const string Court = ShippedConfig.Pudong;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly FigurePart[] s_sources = [new BarPart(), new CityPart(), new TrendPart(), new FundsPart(), new FundsNowPart()];

    private readonly WallInstance _instance = new("1");
    private readonly WallDefinition _wall = WallCatalog.Load(RepositoryRoot.Combine("wallboard-config", "walls")).Find("main")!;
    private PastLab _lab = null!;
    private ReplayFeed _feed = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await PastLab.OpenAsync();
        await _lab.FileAsync(1, Clock(8, 59));
        await _lab.ShowUntilAsync(Clock(9, 6));
        await _lab.FileAsync(2, Clock(9, 5, 30));
        await _lab.ShowUntilAsync(Clock(9, 12));
        _lab.SleepUntil(Clock(9, 30));
        await _lab.ShowUntilAsync(Clock(9, 40));
        _feed = new ReplayFeed(_lab.History, _lab.Machine, s_sources, _instance, Options.Create(new ReplayOptions { ReplaysMax = 2 }), _lab.Grains.Time);
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task At_speed_zero_there_is_one_frame_and_it_is_what_was_shown()
    {
        await using var replay = Play(Clock(9, 7), speed: 0);

        var frame = await NextAsync(replay);

        var shown = new WallSample((await _lab.LookAsync(Clock(9, 7))).Figures);
        var live = new WallPublication(1, shown, [.. s_sources.Select(source => new WallPart(source, 0, source.Read(shown)))], Clock(9, 7), 0, _instance);
        using var expected = JsonDocument.Parse(live.FrameOf(_wall, WallLanguage.Zh, []).Utf8Json);
        Assert.Equal(expected.RootElement.GetProperty("parts").GetRawText(), frame.GetProperty("parts").GetRawText());
        Assert.All(["now", "asOf", "instance", "version", "layout"], name => Assert.Equal(expected.RootElement.GetProperty(name).GetRawText(), frame.GetProperty(name).GetRawText()));
        Assert.False(await replay.MoveNextAsync());
        Assert.Equal(0, _feed.Running);
    }

    [Fact]
    public async Task The_moment_follows_the_clock_times_the_speed()
    {
        await using var replay = Play(Clock(9, 1), speed: 60);
        var first = await NextAsync(replay);

        var second = await AfterAsync(replay, TimeSpan.FromMilliseconds(250));
        var late = await AfterAsync(replay, TimeSpan.FromSeconds(2)); // A slow page skips what it missed.

        Assert.Equal([Clock(9, 1), Clock(9, 1, 15), Clock(9, 3, 15)], new[] { first, second, late }.Select(AtOf));
        Assert.Equal(60, late.GetProperty("replay").GetProperty("speed").GetInt32());
        Assert.True(first.GetProperty("parts").TryGetProperty("funds", out _));
        Assert.False(second.GetProperty("parts").TryGetProperty("funds", out _)); // No window closed between them.
    }

    [Fact]
    public async Task A_gap_is_said_once_and_then_passed_over()
    {
        await using var replay = Play(Clock(9, 11, 50), speed: 60);
        _ = await NextAsync(replay);

        var gap = (await AfterAsync(replay, TimeSpan.FromMilliseconds(250))).GetProperty("replay");
        var behind = await AfterAsync(replay, TimeSpan.FromSeconds(2));

        Assert.Equal((MomentKind.Gap, GapReason.Silent), (gap.GetProperty("kind").GetString(), gap.GetProperty("gap").GetProperty("reason").GetString()));
        Assert.Equal("09-01 09:12:00 至 09-01 09:30:01 服务器无响应，画面停在 09-01 09:12:00", gap.GetProperty("notice").GetString());
        Assert.Equal(Clock(9, 30, 1), AtOf(behind));
        Assert.Equal("", behind.GetProperty("replay").GetProperty("notice").GetString());
    }

    [Fact]
    public async Task A_corrected_figure_carries_both_numbers_in_words()
    {
        await _lab.FileAsync(3, Clock(9, 4));
        await _lab.PayAsync(3, "s1", 1_234_500, Clock(9, 4, 30));
        await using var replay = Play(Clock(9, 5, 10), speed: 0, WallLanguage.En);

        var mark = (await NextAsync(replay)).GetProperty("replay").GetProperty("corrections");

        Assert.Equal(["1", "2 at 09:05", "As of 09-01 09:05:00 the wall showed 1; with late events it is known to be 2"], Words(mark, "received.today"));
        Assert.Equal(["1", "2 at 09:05"], Words(mark, $"{Court}/received").Take(2));
        Assert.Equal("As of 09-01 09:05:00 the wall showed ¥0.00; with late events it is known to be ¥12,345.00", Words(mark, "in.today")[2]);
        Assert.False(mark.TryGetProperty("closed.today", out _));
    }

    [Fact]
    public async Task A_replay_that_reaches_the_present_says_so_and_ends()
    {
        await using var replay = Play(_lab.Now.AddSeconds(-60), speed: 600);
        _ = await NextAsync(replay);

        var last = (await AfterAsync(replay, TimeSpan.FromSeconds(1))).GetProperty("replay");

        Assert.True(last.GetProperty("end").GetBoolean());
        Assert.False(await replay.MoveNextAsync());
    }

    [Theory]
    [InlineData(-1, "history.bad-speed")]
    [InlineData(601, "history.bad-speed")]
    public async Task A_speed_that_cannot_be_is_refused(int speed, string code) => await AssertRefusedAsync(Play(Clock(9, 1), speed), code);

    [Fact]
    public async Task The_future_and_the_time_before_all_are_refused()
    {
        await AssertRefusedAsync(Play(_lab.Now.AddMinutes(1), speed: 1), "history.in-the-future");
        await AssertRefusedAsync(Play(Clock(8, 0), speed: 1), "history.before-first");
    }

    [Fact]
    public async Task More_replays_than_allowed_are_refused_until_one_ends()
    {
        var one = Play(Clock(9, 1), speed: 1);
        await using var two = Play(Clock(9, 1), speed: 1);
        _ = await NextAsync(one);
        _ = await NextAsync(two);

        await AssertRefusedAsync(Play(Clock(9, 1), speed: 1), "history.too-many-replays");
        await one.DisposeAsync();

        await using var three = Play(Clock(9, 1), speed: 1);
        _ = await NextAsync(three);
    }

    private static DateTimeOffset Clock(int hour, int minute, int second = 0) => Shanghai(2017, 9, 1, hour, minute, second);

    private static DateTimeOffset AtOf(JsonElement frame) => DateTimeOffset.FromUnixTimeMilliseconds(frame.GetProperty("replay").GetProperty("at").GetInt64());

    private static string[] Words(JsonElement corrections, string key) => [.. corrections.GetProperty(key).EnumerateArray().Select(word => word.GetString()!)];

    private static async Task AssertRefusedAsync(IAsyncEnumerator<WallFrame> replay, string code)
    {
        await using (replay)
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<HubException>(() => NextAsync(replay))).Message);
        }
    }

    private static async Task<JsonElement> NextAsync(IAsyncEnumerator<WallFrame> replay)
    {
        Assert.True(await replay.MoveNextAsync().AsTask().WaitAsync(s_patience), "The replay has ended.");
        return JsonDocument.Parse(replay.Current.Utf8Json).RootElement;
    }

    private IAsyncEnumerator<WallFrame> Play(DateTimeOffset from, int speed, WallLanguage language = WallLanguage.Zh) =>
        _feed.PlayAsync(_wall, language, from, speed, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    // The replay waits on the clock first, so that moving it cannot come too early.
    private async Task<JsonElement> AfterAsync(IAsyncEnumerator<WallFrame> replay, TimeSpan time)
    {
        var next = NextAsync(replay);
        _lab.Grains.Time.Advance(time);
        return await next;
    }
}
