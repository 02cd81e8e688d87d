using System.Text.Json;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Heads;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Wall.Heads;

public sealed class HeadGroupTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 22, 1, 41, 0, TimeSpan.Zero));
    private readonly WallCatalog _catalog = WallCatalog.Load(Path.Combine(WallHost.FindRoot(), "wallboard-config", "walls"));
    private readonly WallFeed _feed;
    private readonly HeadGroup _group;

    public HeadGroupTests()
    {
        _feed = new WallFeed(
            new MovingCity(_time), [new BarPart(), new CityPart()], _catalog, new WallInstance("1"), Options.Create(new WallOptions()), _time, NullLogger<WallFeed>.Instance);
        _group = new HeadGroup(_feed, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_frame_is_shown_when_all_outputs_have_it_and_at_one_instant()
    {
        await using var left = Join(1);
        await using var right = Join(2);
        var running = _group.RunAsync(Cancellation);

        var frame = await left.NextAsync();
        Assert.Equal(frame.GetProperty("n").GetInt64(), (await right.NextAsync()).GetProperty("n").GetInt64());
        var word = left.NextAsync();
        _group.SetReady(left.Head, 1);
        Assert.False(word.IsCompleted, "The left output was told to show what the right one does not have.");
        _group.SetReady(right.Head, 1);

        var (there, here) = (await word, await right.NextAsync());
        Assert.Equal(1, there.GetProperty("show").GetInt64());
        Assert.Equal(there.ToString(), here.ToString());
        Assert.Equal((_time.GetUtcNow() + HeadGroup.ShowLead).ToUnixTimeMilliseconds(), there.GetProperty("at").GetInt64());
        await EndAsync(running, left, right);
    }

    [Fact]
    public async Task An_output_that_hangs_holds_the_others_up_once_and_joins_again_with_the_newest_frame()
    {
        await _feed.StartAsync(Cancellation);
        await _time.TimerStarted.Task.WaitAsync(s_patience, Cancellation);
        await using var left = Join(1);
        await using var right = Join(2);
        var running = _group.RunAsync(Cancellation);
        _ = await left.NextAsync();
        _ = await right.NextAsync();
        var word = left.NextAsync();
        _group.SetReady(left.Head, 1);
        await _time.AdvanceUntilAsync(word, HeadGroup.LagMax);
        Assert.Equal(1, (await word).GetProperty("show").GetInt64());
        Assert.True(right.Head.IsBehind);

        // The next frame does not wait.
        var next = left.NextAsync();
        await _time.AdvanceUntilAsync(next, TimeSpan.FromSeconds(2));
        var number = (await next).GetProperty("n").GetInt64();
        word = left.NextAsync();
        _group.SetReady(left.Head, number);
        Assert.Equal(number, (await word).GetProperty("show").GetInt64());

        // Back again: it gets the newest frame, and is in step with it.
        var newest = right.NextAsync();
        _group.SetReady(right.Head, 1);
        number = (await newest).GetProperty("n").GetInt64();
        word = right.NextAsync();
        _group.SetReady(right.Head, number);
        _group.SetReady(left.Head, number);
        Assert.Equal(number, (await word).GetProperty("show").GetInt64());
        Assert.False(right.Head.IsBehind);
        await EndAsync(running, left, right);
    }

    [Fact]
    public async Task The_group_ends_with_its_last_output()
    {
        await using var one = Join(1);
        var running = _group.RunAsync(Cancellation);
        _ = await one.NextAsync();
        _group.SetReady(one.Head, 1);
        _ = await one.NextAsync();

        await EndAsync(running, one);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(Cancellation);
        _feed.Dispose();
    }

    /// <summary>No frame comes here that would wake the group once more.</summary>
    [Fact]
    public async Task A_group_ends_whenever_its_outputs_leave()
    {
        for (var round = 0; round < 3_000; round++)
        {
            WallHead[] heads = [.. Enumerable.Range(1, 2).Select(number => new WallHead("main", number, WallLanguage.Zh, _time.GetUtcNow()))];
            Array.ForEach(heads, _group.Join);
            var running = Task.Run(() => _group.RunAsync(Cancellation), Cancellation);
            Array.ForEach(heads, head => _group.SetReady(head, 1));
            Thread.SpinWait(round % 300);
            Array.ForEach(heads, _group.Leave);

            await running.WaitAsync(s_patience, Cancellation);
        }
    }

    private Page Join(int number)
    {
        var head = new WallHead("main", number, WallLanguage.Zh, _time.GetUtcNow());
        _group.Join(head);
        return new Page(head, head.ReadAsync(_catalog, Cancellation).GetAsyncEnumerator(Cancellation));
    }

    private async Task EndAsync(Task running, params Page[] pages)
    {
        foreach (var page in pages)
        {
            _group.Leave(page.Head);
        }

        await running.WaitAsync(s_patience, Cancellation);
    }

    private sealed record Page(WallHead Head, IAsyncEnumerator<WallFrame> Items) : IAsyncDisposable
    {
        public async Task<JsonElement> NextAsync()
        {
            Assert.True(await Items.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation), "no further item");
            return JsonDocument.Parse(Items.Current.Utf8Json).RootElement;
        }

        public ValueTask DisposeAsync() => Items.DisposeAsync();
    }
}
