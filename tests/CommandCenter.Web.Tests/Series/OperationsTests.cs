using System.Net;
using System.Net.Http.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Series;
using CommandCenter.Web.Tests.Intake;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Series;

/// <summary>The time series as the whole server shows them.</summary>
public sealed class OperationsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_accepted_is_in_the_series_the_page_and_the_metrics()
    {
        await using var product = await ProductUnderTest.StartAsync();
        Assert.Equal(1, (await product.SendAsync(EventLine.Of("case.filed", "a-1", 1))).Accepted);
        const string Path = "/api/v1/series?scope=沪0115&step=1d&from=2017-09-01T00:00:00%2B08:00&to=2017-09-02T00:00:00%2B08:00";

        await Eventually.TrueAsync("the series to have the day", TimeSpan.FromSeconds(30), async token =>
            (await product.Client.GetFromJsonAsync<System.Text.Json.JsonElement>(new Uri(Path, UriKind.Relative), token)).GetProperty("points").GetArrayLength() == 1, Token);

        var series = await product.GetAsync(Path);
        Assert.Equal(["received", "closed"], series.GetProperty("fields").EnumerateArray().Take(2).Select(field => field.GetString()));
        Assert.Equal([1504195200, 1, 0], series.GetProperty("points")[0].EnumerateArray().Take(3).Select(value => value.GetInt64()));
        var metrics = await product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);
        Assert.Contains("\ncommandcenter_series_points ", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("influx", metrics, StringComparison.Ordinal);
        var chinese = await PageAsync(product, "/operations");
        Assert.Contains("与指标一致的时间", chinese, StringComparison.Ordinal);
        Assert.Contains("大屏画面留存", chinese, StringComparison.Ordinal);
        var english = await PageAsync(product, "/operations?lang=en");
        Assert.Contains("Five-minute points", english, StringComparison.Ordinal);
        Assert.Contains("Kept for 400 days", english, StringComparison.Ordinal);
        Assert.Contains("--influx-url", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wall_file_that_breaks_while_the_server_runs_is_named_on_the_page_in_the_metrics_and_to_directors()
    {
        using var config = new TemporaryDirectory();
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("wallboard-config"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(config.Path, Path.GetRelativePath(RepositoryRoot.Combine("wallboard-config"), file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await using var product = await ProductUnderTest.StartAsync(options => options.ConfigDirectory = config.Path);
        Assert.Contains("commandcenter_wall_config_faults 0\n", await product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.DoesNotContain("大屏配置", await PageAsync(product, "/operations"), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(config.Path, "walls", "main.json"), "{\n\"id\": oops\n}");
        await Eventually.TrueAsync("the broken file to be noticed", TimeSpan.FromSeconds(20), async token =>
            (await product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), token)).Contains("commandcenter_wall_config_faults 1\n", StringComparison.Ordinal), Token);

        Assert.Contains("main.json, line 2", await PageAsync(product, "/operations?lang=en"), StringComparison.Ordinal);
        Assert.Contains("main.json, line 2", (await product.GetAsync("/api/v1/walls/main/director")).GetProperty("faults")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scope=沪9999", "scope.unknown")]
    [InlineData("scope=沪.own.own", "scope.unknown")]
    [InlineData("step=1w", "query.bad-step")]
    [InlineData("from=yesterday", "query.bad-from")]
    [InlineData("to=never", "query.bad-to")]
    [InlineData("from=2017-09-02T00:00:00Z&to=2017-09-01T00:00:00Z", "query.bad-from")]
    [InlineData("from=1992-01-01T00:00:00Z&to=2017-09-01T00:00:00Z", "query.too-many-points")]
    public async Task A_question_that_cannot_be_answered_says_why(string query, string code)
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var answer = await product.Client.GetAsync(new Uri("/api/v1/series?" + query, UriKind.Relative), Token);

        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Token)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_InfluxDB_that_is_not_there_is_shown_and_its_password_is_not()
    {
        await using var product = await ProductUnderTest.StartAsync(options =>
        {
            options.InfluxUrl = "http://127.0.0.1:1"; // Nobody listens on it.
            options.InfluxDatabase = "kpi";
            options.InfluxUser = "cc";
            options.InfluxPassword = "s3cret";
        });
        _ = await product.SendAsync(EventLine.Of("case.filed", "a-1", 1));

        await Eventually.TrueAsync("the failure to be shown", TimeSpan.FromSeconds(30), async _ =>
            (await PageAsync(product, "/operations?lang=en")).Contains("takes nothing since", StringComparison.Ordinal), Token);

        var page = await PageAsync(product, "/operations");
        var metrics = await product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);
        Assert.Contains("数据保留不丢", page, StringComparison.Ordinal);
        Assert.Contains("\ncommandcenter_influx_failing 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\ncommandcenter_influx_lag_points ", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", page + metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_are_replayed_by_whoever_runs_the_system()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var command = await product.ClientOfAsync(Role.CommandStaff);
        var api = new Uri("/api/v1/operations/series/replay", UriKind.Relative);

        using var denied = await command.PostAsync(api, null, Token);
        using var done = await product.Client.PostAsync(api, null, Token);

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.OK], new[] { denied, done }.Select(answer => answer.StatusCode));
    }

    [Fact]
    public void Both_languages_of_the_page_are_complete()
    {
        Assert.NotEmpty(OperationsTexts.Keys);
        Assert.All(OperationsTexts.Keys, key =>
        {
            var (zh, en) = (OperationsTexts.Of(key, WallLanguage.Zh), OperationsTexts.Of(key, WallLanguage.En));
            Assert.NotEqual("", zh.Trim());
            Assert.NotEqual("", en.Trim());
            Assert.Equal(zh.Count(letter => letter == '{'), en.Count(letter => letter == '{'));
            Assert.DoesNotContain(en, letter => letter is >= '一' and <= '鿿' && key != "otherLanguage");
        });
    }

    [Theory]
    [InlineData("Series:FiveMinuteDays is 1", 1, 10)]
    [InlineData("Series:HourDays is 9", 10, 9)]
    public void Retention_that_cannot_be_stops_the_start_with_its_key(string message, int fiveMinutes, int hours)
    {
        var result = new SeriesOptionsValidator().Validate(null, new SeriesOptions { FiveMinuteDays = fiveMinutes, HourDays = hours });

        Assert.Contains(message, result.FailureMessage, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(ProductUnderTest product, string path) =>
        WebUtility.HtmlDecode(await product.Client.GetStringAsync(new Uri(path, UriKind.Relative), Token));
}
