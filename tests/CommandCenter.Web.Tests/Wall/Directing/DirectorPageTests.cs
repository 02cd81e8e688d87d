using AngleSharp.Dom;
using Bunit;
using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Directing;
using CommandCenter.Web.Wall.Heads;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Wall.Directing;

public sealed class DirectorPageTests : BunitContext
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 22, 1, 41, 23, TimeSpan.Zero));
    private readonly Plans _plans = new(("main", Plans.Of("overview:60", "map:30", "courts")));
    private readonly WallDirector _director;
    private readonly TemporaryDirectory _folder = new();
    private readonly AuditTrail _trail;

    public DirectorPageTests()
    {
        DefaultWaitTimeout = TimeSpan.FromSeconds(10);
        _director = new WallDirector(_plans, Options.Create(new DirectorOptions()), _time, NullLogger<WallDirector>.Instance);
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton(WallCatalog.Load(Path.Combine(WallHost.FindRoot(), "wallboard-config", "walls")));
        Services.AddSingleton<IPinDirectory>(new TwoCourts());
        Services.AddSingleton(_director);
        Services.AddSingleton<DirectorDesk>();
        Services.AddSingleton<IWebHostEnvironment>(new NoFiles());
        Services.AddSingleton<IFigureSource>(new MovingCity(_time));
        Services.AddSingleton(new WallInstance("1"));
        Services.AddSingleton<WallFeed>();
        Services.AddSingleton<WallHeads>();
        Services.AddSingleton<Microsoft.Extensions.Hosting.IHostApplicationLifetime>(new NoHost());
        Services.AddSingleton(Options.Create(new WallOptions()));
        Services.AddSingleton<AssetUrls>();
        _ = Services.AddCascadingValue(static _ => Task.FromResult(new AuthenticationState(
            (Viewers.Command with { Name = "王敏" }).ToPrincipal(nameof(DirectorPageTests)))));
        _ = JSInterop.SetupModule("/js/director.js").SetupVoid("begin").SetVoidResult();
        _trail = new AuditTrail(Options.Create(new ServeOptions { DataDirectory = Path.Combine(_folder.Path, "data") }), TimeProvider.System);
        Services.AddSingleton(_trail);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Choosing_a_scene_and_taking_it_puts_it_on_air()
    {
        var page = Open();
        Assert.Equal("overview", page.Find("#on-air").GetAttribute("data-scene"));
        Assert.True(page.Find("[data-key=Enter]").HasAttribute("disabled"));

        Act(page, "[data-key='2']", static element => element.ClickAsync());
        Assert.Equal("map", page.Find("#preview").GetAttribute("data-scene"));
        Act(page, "[data-key=Enter]", static element => element.ClickAsync());

        Assert.Equal("map", page.Find("#on-air").GetAttribute("data-scene"));
        Assert.Equal("3", page.Find("#revision").TextContent);
        Assert.Equal(["切换到 画面map", "预备 画面map"], page.FindAll(".changes li span").Select(static line => line.TextContent));
        Assert.Equal("王敏", page.Find(".changes li b").TextContent);
    }

    [Fact]
    public void The_page_follows_what_another_director_does()
    {
        var page = Open();

        _ = _director.Order("main", new DirectorCommand.PinUp(PinKind.Court, "沪0115", 1, "李强"));

        page.WaitForAssertion(() => Assert.Equal("浦东新区", page.Find(".pins .name").TextContent));
        Assert.Equal("2", page.Find("#revision").TextContent);
    }

    [Fact]
    public void The_countdown_goes_on_by_itself()
    {
        var page = Open();
        Assert.Equal("画面map，1 分 00 秒 后", page.Find("#next").TextContent);

        _time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("画面map，59 秒 后", page.Find("#next").TextContent));
    }

    [Fact]
    public async Task Who_comes_second_is_told_who_did_what_and_when()
    {
        var page = Open();
        Act(page, "[data-key='3']", static element => element.ClickAsync());
        await page.InvokeAsync(async () =>
        {
            // In the same turn of the circuit, so that the page cannot have seen it.
            _ = _director.Order("main", new DirectorCommand.Preview("map", 2, "李强"));
            await page.Find("[data-key=Enter]").ClickAsync();
        });

        var refused = page.Find("#refused");
        Assert.False(refused.HasAttribute("hidden"));
        Assert.Equal("未执行 · 大屏已被改动：09:41:23 李强 预备 画面map。请看清现状后再操作。", refused.TextContent);
        Assert.Equal("overview", page.Find("#on-air").GetAttribute("data-scene"));
        Assert.Equal("map", page.Find("#preview").GetAttribute("data-scene"));
    }

    [Fact]
    public void Holding_and_releasing_is_one_button()
    {
        var page = Open();

        Act(page, "[data-key=h]", static element => element.ClickAsync());
        Assert.Equal("true", page.Find("[data-key=h]").GetAttribute("aria-pressed"));
        Assert.Equal("已锁定，不自动切换", page.Find("#next").TextContent);
        Act(page, "[data-key=h]", static element => element.ClickAsync());

        Assert.Equal("false", page.Find("[data-key=h]").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void An_emergency_is_confirmed_before_it_is_shown_and_return_ends_it()
    {
        var page = Open();
        Act(page, "#emergency-zh", static element => element.ChangeAsync("火警，请撤离"));
        Act(page, ".emergency form", static element => element.SubmitAsync());
        Assert.Null(StateNow().Emergency);
        Assert.Contains("火警，请撤离", page.Find(".confirm").TextContent, StringComparison.Ordinal);

        Act(page, "#confirm", static element => element.ClickAsync());
        Assert.Equal("火警，请撤离", StateNow().Emergency!.Message!.Zh);
        Assert.Contains("王敏", page.Find(".running").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-key=n]").HasAttribute("disabled"));

        Act(page, "[data-key=Escape]", static element => element.ClickAsync());
        Assert.Null(StateNow().Emergency);
        Assert.Empty(page.FindAll(".running"));
    }

    [Fact]
    public void An_empty_emergency_is_not_even_prepared()
    {
        var page = Open();

        Act(page, ".emergency form", static element => element.SubmitAsync());

        Assert.Equal("未执行 · 插播需要文字或画面", page.Find("#refused").TextContent);
        Assert.Empty(page.FindAll(".confirm"));
    }

    [Fact]
    public void A_court_is_chosen_from_a_list_and_a_wrong_officer_is_refused_in_words()
    {
        var page = Open();
        Act(page, ".pins select", static element => element.ChangeAsync("沪0115"));
        Act(page, ".pins form", static element => element.SubmitAsync());
        Assert.Equal("沪0115", Assert.Single(StateNow().Pins).Key);

        Act(page, ".kinds button:nth-child(3)", static element => element.ClickAsync());
        Act(page, ".pins input", static element => element.ChangeAsync("999"));
        Act(page, ".pins form", static element => element.SubmitAsync());
        Assert.StartsWith("未执行 · 没有这名执行人员", page.Find("#refused").TextContent, StringComparison.Ordinal);

        Act(page, ".pins li button", static element => element.ClickAsync());
        Assert.Empty(StateNow().Pins);
    }

    [Fact]
    public void The_English_page_has_no_Chinese()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/walls/main/director?lang=en");
        var page = Open();

        Assert.DoesNotContain(
            string.Concat(page.FindAll("main").Select(static main => main.TextContent)).Replace("中文", "", StringComparison.Ordinal).Replace("王敏", "", StringComparison.Ordinal)
                .Replace("上海市浦东新区人民法院", "", StringComparison.Ordinal).Replace("沪", "", StringComparison.Ordinal),
            static letter => letter is >= '一' and <= '鿿');
    }

    [Fact]
    public void The_outputs_that_show_the_wall_are_listed()
    {
        var page = Open();
        Assert.Equal("没有页面显示这面大屏", page.Find(".heads li").TextContent);

        _ = Services.GetRequiredService<WallHeads>().Join("small picture", "main", 0, WallLanguage.Zh);
        _ = Services.GetRequiredService<WallHeads>().Join("left output", "main", 1, WallLanguage.Zh);
        _time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal(["1", "0"], page.FindAll(".heads li").Select(static head => head.GetAttribute("data-head"))));
        Assert.Contains(page.Find("[data-head='1']").GetAttribute("data-state"), (string[])[HeadStatus.Live, HeadStatus.Behind]); // It never answers: which, is a matter of a moment.
    }

    [Fact]
    public void Everything_to_touch_has_a_name()
    {
        var page = Open();

        Assert.All(page.FindAll("button, input, select"), static control => Assert.True(
            control.TextContent.Trim().Length > 0 || control.HasAttribute("aria-label") || control.ParentElement!.TagName == "LABEL", control.OuterHtml));
        Assert.Empty(page.FindAll("[style]"));
    }

    [Fact]
    public void An_unknown_wall_says_so()
    {
        var page = Render<DirectorPage>(parameters => parameters.Add(component => component.WallId, "none"));

        Assert.Equal("没有这面大屏", page.Find("h1").TextContent);
    }

    // In one turn of the circuit: between finding and acting the page may follow the wall and draw itself anew. Blocks on purpose: the
    // circuit of a test has a thread of its own, and what follows asserts what the act did.
    private static void Act(IRenderedComponent<DirectorPage> page, string selector, Func<IElement, Task> act) =>
        page.InvokeAsync(() => act(page.Find(selector))).GetAwaiter().GetResult();

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _trail.DisposeAsync();
        _folder.Dispose();
    }

    private IRenderedComponent<DirectorPage> Open()
    {
        var page = Render<DirectorPage>(parameters => parameters.Add(component => component.WallId, "main"));
        page.WaitForAssertion(() => Assert.Equal("王敏", page.Find("#by").TextContent));
        return page;
    }

    private DirectorState StateNow()
    {
        Assert.True(_director.TryRead("main", out var directed));
        return directed.State;
    }

    private sealed class TwoCourts : IPinDirectory
    {
        public IReadOnlyList<PinChoice> Courts { get; } =
            [new("沪0115", "上海市浦东新区人民法院", "Pudong New Area People's Court"), new("沪0104", "上海市徐汇区人民法院", "Xuhui District People's Court")];

        public Task<PinAnswer> FindAsync(PinKind kind, string text, CancellationToken cancellationToken) => Task.FromResult(
            kind == PinKind.Court ? new PinAnswer(text, null) : new PinAnswer(null, DirectorCodes.OfficerUnknown));

        public Task<PinnedFacts?> ReadAsync(Pin pin, CancellationToken cancellationToken) => Task.FromResult<PinnedFacts?>(null);
    }

    private sealed class NoHost : Microsoft.Extensions.Hosting.IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }

    private sealed class NoFiles : IWebHostEnvironment
    {
        public string WebRootPath { get; set; } = "";

        public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();

        public string ApplicationName { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = "";

        public string EnvironmentName { get; set; } = "";
    }
}
