using CommandCenter.Testing;
using CommandCenter.Web.Wall.Directing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Wall.Directing;

public sealed class WallDirectorTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero));
    private readonly Plans _plans = new(("main", Plans.Of("overview:60", "map:30", "courts")), ("side", Plans.Of("map")));

    private string Folder => Path.Combine(_data.Path, "walls");

    private string FileOfMain => Path.Combine(Folder, "main.json");

    [Fact]
    public void A_restart_brings_back_the_same_scene_the_same_pins_the_same_hold_and_the_same_emergency()
    {
        using (var first = Director())
        {
            _ = Done(first, new DirectorCommand.Preview("courts", 1, "王"));
            _ = Done(first, new DirectorCommand.Take(2, "王"));
            _ = Done(first, new DirectorCommand.Hold(3, "王"));
            _ = Done(first, new DirectorCommand.PinUp(PinKind.Officer, "沪0115/017", 4, "李"));
            _ = Done(first, new DirectorCommand.Preempt(null, new Message("火警", "Fire"), 5, "李"));
        }

        using var second = Director(); // Nothing was closed: every answer was on disk before it was given.
        var state = Read(second).State;

        Assert.Equal(("courts", true, 6L), (state.Shown, state.IsHeld, state.Revision));
        Assert.Equal(new Pin(PinKind.Officer, "沪0115/017", "李", _time.GetUtcNow()), Assert.Single(state.Pins));
        Assert.Equal("Fire", state.Emergency!.Message!.En);
        Assert.Equal("courts", Done(second, new DirectorCommand.Return(6, "王")).Shown);
        Assert.Equal(5, state.Changes.Count);
    }

    [Fact]
    public void The_dwell_goes_on_without_anybody_and_begins_anew_after_a_restart()
    {
        using (var first = Director())
        {
            first.Tick();
            _time.Advance(TimeSpan.FromSeconds(60));
            first.Tick();
            Assert.Equal("map", Read(first).State.Shown);
            _time.Advance(TimeSpan.FromSeconds(29));
        }

        using var second = Director();
        second.Tick();
        _time.Advance(TimeSpan.FromSeconds(29));
        second.Tick();
        Assert.Equal("map", Read(second).State.Shown);
        _time.Advance(TimeSpan.FromSeconds(2));
        second.Tick();
        Assert.Equal("courts", Read(second).State.Shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"format":1,"state":{"revision":7""")]
    [InlineData("""{"format":2,"state":{"revision":7,"onAir":"map","onAirSince":"2026-11-22T00:00:00Z","dwellFrom":"2026-11-22T00:00:00Z","cut":{"revision":7,"scene":"map","takeAt":"2026-11-22T00:00:00Z","fadeMs":0}}}""")]
    [InlineData("""{"format":1,"state":{"revision":7,"onAir":"map","colour":"red"}}""")]
    public void A_broken_file_is_put_aside_with_a_message_and_the_first_scene_is_shown(string content)
    {
        _ = Directory.CreateDirectory(Folder);
        File.WriteAllText(FileOfMain, content);

        using var director = Director();
        var directed = Read(director);

        Assert.Equal(("overview", 1L), (directed.State.Shown, directed.State.Revision));
        Assert.Contains("main.json", directed.Fault, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(FileOfMain + ".broken"));
        Assert.False(File.Exists(FileOfMain));

        _ = Done(director, new DirectorCommand.Hold(1, "王"));
        Assert.Null(Read(director).Fault);
        Assert.True(File.Exists(FileOfMain));
    }

    [Fact]
    public void A_wall_goes_on_when_it_cannot_be_written_and_says_so_until_it_can()
    {
        File.WriteAllText(Folder, "a file where the folder should be");
        using var director = Director();

        Assert.Equal("overview", Done(director, new DirectorCommand.Preempt(null, new Message("火警"), 1, "王")).Shown);
        Assert.False(Read(director).IsKept);

        File.Delete(Folder);
        _time.Advance(TimeSpan.FromSeconds(6));
        director.Tick();
        Assert.True(Read(director).IsKept);
        Assert.True(File.Exists(FileOfMain));
    }

    [Fact]
    public void Of_two_directors_at_once_one_is_told_that_he_is_late()
    {
        using var director = Director();
        _ = Read(director);
        var decisions = new DirectorDecision[16];

        _ = Parallel.For(0, decisions.Length, i => decisions[i] = director.Order("main", new DirectorCommand.Preview(i % 2 == 0 ? "map" : "courts", 1, $"d{i}"))!);

        var first = Assert.Single(decisions.OfType<DirectorDecision.Accepted>());
        Assert.All(decisions.OfType<DirectorDecision.Refused>(), refused =>
        {
            Assert.Equal(DirectorCodes.RevisionStale, refused.Code);
            Assert.Equal(first.State.Changes[0], refused.State.Changes[0]);
        });
        Assert.Equal(2, Read(director).State.Revision);
    }

    [Fact]
    public void A_removed_scene_gives_way_without_anybody()
    {
        using var director = Director();
        _ = Done(director, new DirectorCommand.Preview("courts", 1, "王"));
        _ = Done(director, new DirectorCommand.Take(2, "王"));

        _plans.Change("main", Plans.Of("night", "map"));
        director.Tick();

        Assert.Equal(("night", 4L), (Read(director).State.Shown, Read(director).State.Revision));
        Assert.Equal("night", Read(director).Plan.First.Id);
    }

    [Fact]
    public async Task Who_follows_a_wall_is_told_of_each_change()
    {
        using var director = Director();
        var before = Read(director);
        Assert.False(before.Succeeded.IsCompleted);

        _ = Done(director, new DirectorCommand.Hold(1, "王"));

        await before.Succeeded.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(Read(director).Succeeded.IsCompleted);
    }

    [Fact]
    public void Walls_are_directed_apart()
    {
        using var director = Director();
        _ = Done(director, new DirectorCommand.Hold(1, "王"));

        Assert.True(director.TryRead("side", out var side));
        Assert.Equal((1L, false), (side.State.Revision, side.State.IsHeld));
        Assert.False(director.TryRead("none", out _));
        Assert.Null(director.Order("none", new DirectorCommand.Hold(1, "王")));
    }

    [Fact]
    public void A_lead_outside_its_bounds_stops_the_start() => Assert.True(
        new DirectorOptionsValidator().Validate(null, new DirectorOptions { Lead = TimeSpan.FromMilliseconds(300), TickInterval = TimeSpan.Zero }).Failures!.Count() == 2);

    public void Dispose() => _data.Dispose();

    private static DirectedState Read(WallDirector director)
    {
        Assert.True(director.TryRead("main", out var directed));
        return directed;
    }

    private static DirectorState Done(WallDirector director, DirectorCommand command) =>
        Assert.IsType<DirectorDecision.Accepted>(director.Order("main", command)).State;

    private WallDirector Director() =>
        new(_plans, Options.Create(new DirectorOptions { Directory = Folder }), _time, NullLogger<WallDirector>.Instance);
}
