using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Hostile;

/// <summary>
/// Hostile texts through events, an import and every form, in a real browser: nothing of them is run, the content policy has nothing to stop,
/// and no answer is a failure of the server.
/// </summary>
public sealed class HostileTextTests(Browser browser, ITestOutputHelper output)
{
    private const int RowsPerPage = 100;
    private const int ImportedMax = 200;
    private const int PagesAtOnce = 3;
    private const int FormsPerTab = 200;
    private const float PatienceMs = 180_000; // Sixteen thousand forms in an hour, perhaps beside other work: one slow page is no finding.

    // Every so manieth text in a default run, each of them in a long one.
    private static readonly int s_every = LongRun.IsOn ? 1 : 600;

    private const string FirstForm = "main form";

    // Pages with forms, which of these, and who may fill them.
    private static readonly (string Account, string Path, string[] Forms)[] s_forms =
    [
        ("command", "cases", [FirstForm]), ("command", "funds?direction=in", [FirstForm]), ("command", "search", [FirstForm]), ("command", "account", [FirstForm]),
        ("security", "accounts", [FirstForm]), ("audit", "trail", [FirstForm]), ("system", "cameras/devices", [FirstForm]),
        ("command", "cameras/cam-1/recordings", ["main form[method=get]", "form[action*='/evidence']"]),
        ("command", "cameras/cam-1/recordings", ["form[action*='/holds?']", "form[action*='/release']"]),
    ];

    private static readonly string[] s_lists = ["cases?", "funds?direction=in&"];
    private static readonly string[] s_plain = ["甲"];
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_events_and_imports_brought_is_shown_as_text()
    {
        var texts = HostileTexts.All();
        await using var host = await ProductHost.StartAsync(demonstration: true, Cancellation);
        await StoreAsync(host, texts);
        await ImportAsync(host, texts);
        var page = await OpenAsync();
        await new DemonstrationDesk(host).SignInAsync(page, "command", Cancellation);
        await ShowAsync(page, host, "cases");
        var total = int.Parse((await page.Locator("h1 .count").GetAttributeAsync("data-count"))!, CultureInfo.InvariantCulture);
        Assert.True(total > texts.Count / 2, $"Only {total} of {texts.Count} texts were taken.");

        foreach (var list in s_lists)
        {
            await ShowAsync(page, host, $"{list}size={RowsPerPage}");
            for (var next = page.Locator("a[rel=next]"); await next.CountAsync() > 0;)
            {
                await next.ClickAsync();
                await page.WaitForLoadStateAsync();
                await NothingRanAsync(page, list);
            }
        }

        foreach (var place in Enumerable.Range(0, texts.Count).Where(static place => place % s_every == 0))
        {
            await ShowAsync(page, host, "cases/" + Uri.EscapeDataString(NumberOf(place)));
        }

        await ShowAsync(page, host, "wall/main");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task What_is_typed_into_any_form_is_never_run()
    {
        var texts = HostileTexts.Some(s_every, seed: 7).ToArray();
        await using var host = await ProductHost.StartAsync(demonstration: true, Cancellation);
        await host.PostAsync([EventLines.Filed(1), EventLines.MoneyReceived(1, payment: 1, 5_00)], Cancellation);
        await host.RegisterCameraAsync(Cancellation);
        var signedIn = new Dictionary<string, Cookie[]>(StringComparer.Ordinal);
        foreach (var account in s_forms.Select(static form => form.Account).Distinct(StringComparer.Ordinal))
        {
            signedIn.Add(account, await SignInAsync(host, account));
        }

        using var seats = new SemaphoreSlim(PagesAtOnce);
        await Task.WhenAll(s_forms.Select(form => TypeAsync(host, signedIn[form.Account], form.Path, form.Forms, texts, seats)));
        await TypeAsync(host, [], "sign-in", [FirstForm], texts, seats); // The last: who failed at it so often is kept waiting afterwards.
    }

    // Once for all pages of an account: a fourth session would end the first one.
    private async Task<Cookie[]> SignInAsync(ProductHost host, string account)
    {
        var page = await OpenAsync();
        await new DemonstrationDesk(host).SignInAsync(page, account, Cancellation);
        var cookies = await page.Context.CookiesAsync();
        await page.Context.DisposeAsync();
        return [.. cookies.Select(static cookie => new Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, Secure = cookie.Secure, SameSite = cookie.SameSite,
        })];
    }

    private async Task TypeAsync(ProductHost host, Cookie[] signedIn, string path, string[] forms, string[] texts, SemaphoreSlim seats)
    {
        await seats.WaitAsync(Cancellation);
        try
        {
            var page = await OpenAsync();
            await page.Context.AddCookiesAsync(signedIn);
            var filled = forms.ToDictionary(static form => form, static _ => 0, StringComparer.Ordinal);
            var there = new Uri(host.Address, path);
            foreach (var (place, (text, form)) in texts.SelectMany(text => forms.Select(form => (text, form))).Index())
            {
                if (place % FormsPerTab == FormsPerTab - 1)
                {
                    page = await AnotherTabAsync(page);
                }

                if (PathOf(page) != there.AbsolutePath || await page.Locator(form).CountAsync() == 0)
                {
                    _ = await page.GotoAsync(there.ToString());
                    Assert.Equal(there.AbsolutePath, PathOf(page)); // Whose session ended would fill the form of the sign-in.
                }

                // A hold is released by a form that is there only while it is held.
                if (forms.Length == 1 || await page.Locator(form).CountAsync() > 0)
                {
                    try
                    {
                        await FillAsync(page, path, form, text);
                    }
                    catch (TimeoutException exception)
                    {
                        throw new TimeoutException($"{path}, {form}, {text}, at {page.Url}: {exception.Message}", exception);
                    }

                    filled[form]++;
                }
            }

            Assert.All(filled.Values, static times => Assert.NotEqual(0, times));
            output.WriteLine($"{path}: {string.Join(", ", filled.Select(static form => $"{form.Value} texts into {form.Key}"))}");
            await page.Context.DisposeAsync();
        }
        finally
        {
            _ = seats.Release();
        }
    }

    private static string PathOf(IPage page) => new Uri(page.Url).AbsolutePath;

    private async Task<IPage> OpenAsync()
    {
        var page = await browser.OpenPageAsync(1280, 800);
        page.Context.SetDefaultTimeout(PatienceMs);
        await page.Context.AddInitScriptAsync(
            """
            window.ran = [];
            for (const name of ['alert', 'confirm', 'prompt', 'print']) { window[name] = (...words) => { window.ran.push(`${name} ${words}`); }; }
            document.addEventListener('securitypolicyviolation', (event) => window.ran.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
            """);
        return page;
    }

    // A tab that has loaded thousands of pages holds a gigabyte and is slow.
    private static async Task<IPage> AnotherTabAsync(IPage page)
    {
        var another = await page.Context.NewPageAsync();
        _ = await another.GotoAsync(page.Url);
        await page.CloseAsync();
        return another;
    }

    private static async Task ShowAsync(IPage page, ProductHost host, string path)
    {
        var answer = await page.GotoAsync(new Uri(host.Address, path).ToString());
        Assert.True(answer!.Ok, $"{path}: {answer.Status}");
        await NothingRanAsync(page, path);
    }

    // The same text into every field of a form, and sent as a person would. What is held has times that are in order, so that it is held.
    private static async Task FillAsync(IPage page, string path, string form, string text)
    {
        var failures = new List<string>();
        void Listen(object? sender, IResponse answer)
        {
            if (answer.Status >= 500)
            {
                failures.Add($"{answer.Status} {answer.Url}");
            }
        }

        page.Response += Listen;
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        await page.EvaluateAsync(
            """
            ([selector, text, from, until]) => {
              const form = document.querySelector(selector);
              for (const field of form.querySelectorAll('input:not([type=hidden]):not([type=checkbox]), textarea')) {
                if (field.type === 'date' && !location.pathname.endsWith('/recordings')) {
                  continue; // A list without a day finds what the text brought.
                } else if (field.type === 'datetime-local' && form.action.includes('/holds')) {
                  field.value = field.name === 'from' ? from : until;
                } else {
                  field.type = field.type === 'password' ? 'password' : 'text';
                  field.value = text;
                }
              }
              form.noValidate = true;
            }
            """,
            new[] { form, text, Local(now.AddHours(-1)), Local(now.AddHours(1)) });
        var submit = page.Locator(form).First.Locator("button[type=submit]");
        _ = await page.EvaluateAsync("() => { window.isLeft = true; }");
        _ = await page.RunAndWaitForResponseAsync(() => submit.ClickAsync(), static answer => answer.Request.IsNavigationRequest && answer.Status is < 300 or >= 400);

        // The document itself is asked: of thousands of loads one was not told of.
        _ = await page.WaitForFunctionAsync("() => !window.isLeft && document.readyState === 'complete'");
        await NothingRanAsync(page, $"{path} with {text}");
        page.Response -= Listen;
        Assert.Empty(failures);
    }

    private static string Local(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static async Task NothingRanAsync(IPage page, string where)
    {
        var ran = await page.EvaluateAsync<string[]>("() => window.ran");
        Assert.True(ran.Length == 0, $"{where}: {string.Join("; ", ran)}");
    }

    // A text that an event may not hold is refused line by line; how, other tests say.
    private static async Task StoreAsync(ProductHost host, IReadOnlyList<string> texts)
    {
        var lines = texts.Index().SelectMany(one => (string[])
        [
            Line(one.Index, "case.filed", new { kind = "执", cause = one.Item, claimFen = 1, basis = one.Item, applicants = Named(one.Item), debtors = Named(one.Item) }),
            Line(one.Index, "case.filed", new { kind = "执", cause = "别名", claimFen = 1, basis = "判决", applicants = s_plain, debtors = s_plain }),
            Line(one.Index, "case.assigned", new { handler = one.Item }),
            Line(one.Index, "funds.received", new { amountFen = 1, serial = "S", payer = one.Item }),
        ]);
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/events") { Content = content };
        request.Headers.Authorization = new("Bearer", (await File.ReadAllTextAsync(host.KeyFile, Cancellation)).Trim());
        using var answer = await host.Client.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static string[] Named(string name) => [name];

    private static string Line(int place, string type, object data) => JsonSerializer.Serialize(
        new
        {
            id = $"{place}-{JsonSerializer.Serialize(data, s_json).GetHashCode(StringComparison.Ordinal)}",
            type,
            at = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddMinutes(-1),
            court = ShippedConfig.Pudong,
            @case = NumberOf(place),
            data,
        },
        s_json);

    private static string NumberOf(int place) => string.Create(CultureInfo.InvariantCulture, $"(2026){ShippedConfig.Pudong}执{place + 1}号");

    private static async Task ImportAsync(ProductHost host, IReadOnlyList<string> texts)
    {
        using var directory = new TemporaryDirectory();
        var config = Path.Combine(directory.Path, "config");
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("wallboard-config"), "*.json", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(config, Path.GetRelativePath(RepositoryRoot.Combine("wallboard-config"), file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(
            Path.Combine(config, "imports", "hostile.json"),
            """
            {
              "name": "hostile",
              "about": "Texts that have broken other people's software.",
              "input": { "format": "csv", "case": "case", "activity": "activity", "time": "time" },
              "courts": ["沪0104"],
              "number": "(2025){@court}执{@case|number}号",
              "by": { "first": ["officer-{text}", "import-hostile"] },
              "activities": {
                "File": {
                  "emit": [
                    { "type": "case.filed", "data": { "kind": "执", "cause": "{text}", "claimFen": 0, "basis": "{text}", "applicants": ["{text}"], "debtors": ["债务人"] } },
                    { "type": "case.assigned", "data": { "handler": "{text}" } }
                  ]
                }
              },
              "ignore": {}
            }
            """,
            Cancellation);
        var log = Path.Combine(directory.Path, "hostile.csv");
        await File.WriteAllLinesAsync(
            log,
            texts.Take(ImportedMax).Select(static (text, place) => $"{place + 1},File,2025-03-03T09:00:00+08:00,\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
                .Prepend("case,activity,time,text"),
            Cancellation);

        await using var import = ChildProcess.Start(
            ProductFiles.Dotnet,
            [
                ProductFiles.Web, "import", log, "--map", "hostile", "--server", host.Address.ToString(), "--key-file", host.KeyFile, "--config", config,
                "--quarantine", Path.Combine(directory.Path, "refused.csv"),
            ],
            directory.Path);
        var code = await import.WaitForExitAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.True(code is 0 or 1, import.Output); // 1: some texts were refused, and are in the quarantine.
    }
}
