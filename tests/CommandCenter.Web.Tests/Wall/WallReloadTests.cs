using CommandCenter.Testing;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Wall;

/// <summary>Wall files that change while the server runs.</summary>
public sealed class WallReloadTests : IDisposable
{
    private const string Panel = """{"kind":"courts","x":60,"y":140,"width":3500,"height":850}""";

    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _folder = new();
    private readonly WallCatalog _catalog;

    public WallReloadTests()
    {
        Write("main", "overview", "courts");
        Write("side", "map");
        _catalog = WallCatalog.Load(_folder.Path);
    }

    [Fact]
    public void A_changed_file_becomes_the_new_definition_and_the_others_stay_the_same_objects()
    {
        var (main, side) = (_catalog.Find("main"), _catalog.Find("side"));
        Assert.Null(_catalog.Reload(s_now));

        Write("main", "night");
        var reload = _catalog.Reload(s_now)!;

        Assert.Equal(["main"], reload.Changed);
        Assert.Equal("night", _catalog.Find("main")!.Scenes[0].Id);
        Assert.NotEqual(main!.Revision, _catalog.Find("main")!.Revision);
        Assert.Same(side, _catalog.Find("side"));
        Assert.Null(_catalog.Reload(s_now));
    }

    [Fact]
    public void A_bad_file_keeps_the_old_wall_and_names_file_line_and_every_fault_until_it_is_good_again()
    {
        var main = _catalog.Find("main");
        File.WriteAllText(PathOf("main"), "{\n  \"id\": \"main\",\n  \"titel\": 1\n}");

        var fault = Assert.Single(_catalog.Reload(s_now)!.Faults);
        Assert.Same(main, _catalog.Find("main"));
        Assert.StartsWith($"{PathOf("main")}, line 3: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("titel", fault.Message, StringComparison.Ordinal);
        Assert.Equal(("main", s_now), (fault.WallId, fault.Since));

        File.WriteAllText(PathOf("main"), $$"""{"id":"other","title":{"zh":"主屏","en":" "},"scenes":[{"id":"a b","title":{"zh":"甲","en":"A"},"panels":[{{Panel}}]}]}""");
        fault = Assert.Single(_catalog.Reload(s_now.AddMinutes(1))!.Faults);
        Assert.Contains("id is \"other\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("title needs a text", fault.Message, StringComparison.Ordinal);
        Assert.Contains("scene \"a b\"", fault.Message, StringComparison.Ordinal);
        Assert.Null(_catalog.Reload(s_now.AddMinutes(2)));
        Assert.Equal(s_now.AddMinutes(1), Assert.Single(_catalog.Faults).Since);

        Write("main", "overview");
        Assert.Equal(["main"], _catalog.Reload(s_now)!.Changed);
        Assert.Empty(_catalog.Faults);
    }

    [Fact]
    public void A_wall_is_gone_when_its_file_was_gone_twice_and_not_while_it_is_replaced()
    {
        File.Delete(PathOf("side"));
        Assert.Empty(_catalog.Reload(s_now)!.Removed);
        Write("side", "map");
        _ = _catalog.Reload(s_now);
        Assert.NotNull(_catalog.Find("side"));

        File.Delete(PathOf("side"));
        _ = _catalog.Reload(s_now);
        Assert.Equal(["side"], _catalog.Reload(s_now)!.Removed);
        Assert.Null(_catalog.Find("side"));
    }

    [Fact]
    public void A_folder_that_is_away_or_empty_takes_no_wall_with_it()
    {
        var away = _folder.Path + ".away";
        Directory.Move(_folder.Path, away);
        _ = _catalog.Reload(s_now);
        _ = _catalog.Reload(s_now);
        Assert.NotNull(_catalog.Find("main"));
        Assert.Contains(_folder.Path, Assert.Single(_catalog.Faults).Message, StringComparison.Ordinal);

        Directory.Move(away, _folder.Path);
        _ = _catalog.Reload(s_now);
        Assert.Empty(_catalog.Faults);

        File.Delete(PathOf("main"));
        File.Delete(PathOf("side"));
        _ = _catalog.Reload(s_now);
        _ = _catalog.Reload(s_now);
        Assert.NotNull(_catalog.Find("main"));
        Assert.Contains("holds no wall", Assert.Single(_catalog.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_server_notices_a_change_by_itself()
    {
        using var watch = new WallFolderWatch(_catalog, TimeProvider.System, NullLogger<WallFolderWatch>.Instance, new LooseMeters());
        await watch.StartAsync(TestContext.Current.CancellationToken);

        Write("main", "night");
        Write("new", "map");
        await Eventually.TrueAsync(
            "both changes to be read", TimeSpan.FromSeconds(20),
            _ => Task.FromResult(_catalog.Find("main")!.Scenes[0].Id == "night" && _catalog.Find("new") is not null), TestContext.Current.CancellationToken);

        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string wall) => Path.Combine(_folder.Path, wall + ".json");

    private void Write(string wall, params string[] scenes) => File.WriteAllText(PathOf(wall), $$"""
        {"id":"{{wall}}","title":{"zh":"屏","en":"Wall"},"scenes":[{{string.Join(',', scenes.Select(scene => $$"""{"id":"{{scene}}","title":{"zh":"甲","en":"A"},"panels":[{{Panel}}]}"""))}}]}
        """);
}
