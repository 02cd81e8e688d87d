using System.Text.Json;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Directing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Wall.Directing;

public sealed class ScenePartTests : IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 22, 1, 41, 0, TimeSpan.Zero));
    private readonly Plans _plans = new(("main", Plans.Of("overview:60", "map:30:250")), ("side", Plans.Of("map")));
    private readonly WallDirector _director;
    private readonly ScenePart _part;
    private readonly WallSample _sample;

    public ScenePartTests()
    {
        _director = new WallDirector(_plans, Options.Create(new DirectorOptions()), _time, NullLogger<WallDirector>.Instance);
        _part = new ScenePart(_director, _plans);
        _sample = new WallSample(new MovingCity(_time).Read());
    }

    [Fact]
    public void Heads_are_told_what_to_prepare_and_when_to_cut()
    {
        _ = _director.Order("main", new DirectorCommand.Preview("map", 1, "王"));
        Assert.Equal("map", Written().GetProperty("preview").GetString());

        _ = _director.Order("main", new DirectorCommand.Take(2, "王"));
        var main = Written();

        Assert.Equal("map", main.GetProperty("shown").GetString());
        Assert.Equal(JsonValueKind.Null, main.GetProperty("preview").ValueKind);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds() + 200, main.GetProperty("cut").GetProperty("takeAt").GetInt64());
        Assert.Equal((3, 250), (main.GetProperty("cut").GetProperty("revision").GetInt32(), main.GetProperty("cut").GetProperty("fadeMs").GetInt32()));
        Assert.Equal("overview", main.GetProperty("next").GetProperty("scene").GetString());
    }

    [Fact]
    public void An_emergency_speaks_the_language_of_the_page()
    {
        _ = _director.Order("main", new DirectorCommand.Preempt(null, new Message("火警", "Fire"), 1, "王"));

        Assert.Equal("火警", Written().GetProperty("message").GetString());
        Assert.Equal("Fire", Written(WallLanguage.En).GetProperty("message").GetString());
        Assert.False(Written().TryGetProperty("next", out _));
    }

    [Fact]
    public void Nothing_travels_while_nothing_changes_and_a_change_is_urgent()
    {
        var first = _part.Read(_sample);
        var urgent = _part.Urgent!;
        Assert.Same(first, _part.Read(_sample));
        Assert.Same(urgent, _part.Urgent);
        Assert.False(urgent.IsCompleted);

        _ = _director.Order("side", new DirectorCommand.Hold(1, "王"));

        Assert.NotEqual(first, _part.Read(_sample));
        Assert.NotSame(urgent, _part.Urgent);
    }

    [Fact]
    public async Task A_cut_does_not_wait_for_the_next_sample()
    {
        var token = TestContext.Current.CancellationToken;
        var city = new Standing(_sample.Figures);
        using var feed = new WallFeed(
            city, [_part], WallCatalog.Load(Path.Combine(WallHost.FindRoot(), "wallboard-config", "walls")), new WallInstance("1"), Options.Create(new WallOptions()),
            _time, NullLogger<WallFeed>.Instance);
        await feed.StartAsync(token);
        await _time.TimerStarted.Task.WaitAsync(TimeSpan.FromSeconds(10), token);
        await using var follower = feed.FollowAsync("main", WallLanguage.Zh, token).GetAsyncEnumerator(token);
        Assert.True(await follower.MoveNextAsync());

        _ = _director.Order("main", new DirectorCommand.Hold(1, "王"));

        Assert.True(await follower.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), token)); // The clock stands still: no sample is due.
        using var frame = JsonDocument.Parse(follower.Current.Utf8Json);
        Assert.True(frame.RootElement.GetProperty("parts").GetProperty("scene").GetProperty("main").GetProperty("held").GetBoolean());
        await feed.StopAsync(token);
    }

    [Fact]
    public async Task The_script_cuts_at_the_instant_and_joins_when_it_is_late() =>
        Assert.InRange(await NodeTest.RunAsync("wall-cuts.test.mjs", "wall-cuts"), 8, 100);

    public void Dispose() => _director.Dispose();

    private JsonElement Written(WallLanguage language = WallLanguage.Zh)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            _part.Write(json, _part.Read(_sample), language);
        }

        return JsonSerializer.Deserialize<JsonElement>(buffer.ToArray()).GetProperty("main");
    }

    private sealed class Standing(CityFigures figures) : IFigureSource
    {
        public CityFigures Read() => figures;
    }
}
