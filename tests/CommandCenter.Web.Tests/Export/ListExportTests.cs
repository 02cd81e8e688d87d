using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Export;
using CommandCenter.Web.Wall;
using MiniExcelLibs;

namespace CommandCenter.Web.Tests.Export;

/// <summary>One city for all tests of exports: they only read.</summary>
public sealed class ExportCity : IAsyncLifetime
{
    private const string Neighbour = "沪0104";
    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_causes = ["=HYPERLINK(\"http://evil.example\",\"x\")", "买卖合同, \"大宗\"", "@SUM(A1)", "借款合同纠纷"];
    private static readonly string[] s_bank = ["上海示例银行"];
    private static readonly string[] s_handlers = ["+丁", "丙", "-甲", "乙"];

    internal ProductUnderTest Product { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Product = await ProductUnderTest.StartAsync();
        List<string> lines = [];
        for (var i = 1; i <= 24; i++)
        {
            var court = i % 3 == 0 ? Neighbour : ShippedConfig.Pudong;
            lines.Add(Line("case.filed", court, i, 1, new
            {
                kind = "执",
                cause = s_causes[i % 4],
                claimFen = i == 5 ? (1L << 53) - 1 : 100_001L * i,
                basis = "判决",
                applicants = s_bank,
                debtors = new[] { i % 2 == 0 ? "欧阳修竹" : "=cmd|' /C calc'!A0有限公司" },
            }));
            if (i % 5 != 0)
            {
                lines.Add(Line("case.assigned", court, i, 2, new { handler = s_handlers[i % 4] }));
            }

            lines.Add(Line("funds.received", court, i, 3, new { amountFen = 10L * i, serial = $"S{i}", payer = "欧阳修竹" }));
            if (i % 4 == 0)
            {
                lines.Add(Line("case.closed", court, i, 4, new { way = "WB" }));
            }
        }

        Assert.Empty((await Product.SendAsync([.. lines])).Rejected);
        await Product.PaymentsReadAsync();
    }

    public ValueTask DisposeAsync() => Product.DisposeAsync();

    private static string Line(string type, string court, int number, int day, object data) => JsonSerializer.Serialize(
        new { id = $"{type}-{number}", type, at = $"2026-03-{day:00}T09:{number:00}:00+08:00", court, @case = $"(2026){court}执{number}号", by = "x", data }, s_json);
}

/// <summary>Files of lists against the list that the API answers, read by a parser each.</summary>
public sealed class ListExportTests(ExportCity city) : IClassFixture<ExportCity>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lists =>
    [
        "sort=number", "sort=-claimFen", "sort=handler", "sort=-handler", "sort=cause", "sort=court", "sort=status", "sort=node", "sort=-filedAt&status=open",
        "scope=沪0104", "q=" + "欧阳修竹" + "&sort=dueAt", "handler=丙", "handler=nobody", "filedFrom=2026-01-01&filedTo=2027-01-01&sort=fundsInFen", "status=closed&sort=-statusAt",
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_csv_file_is_the_list_in_its_order(string list)
    {
        var items = await ItemsAsync(city.Product.Client, list);
        var (rows, about) = await CsvAsync(city.Product.Client, list + "&lang=en");

        Assert.Equal(items.Count, rows.Count);
        foreach (var (item, row) in items.Zip(rows))
        {
            Assert.Equal(item.GetProperty("number").GetString(), row["Number"]);
            Assert.Equal(item.GetProperty("claimFen").GetInt64(), Fen(row["Claim (¥)"]));
            Assert.Equal(item.GetProperty("fundsInFen").GetInt64(), Fen(row["Received (¥)"]));
            Assert.Equal(item.GetProperty("cause").GetString(), Bare(row["Cause"]));
            Assert.Equal(item.GetProperty("handler").GetString() ?? "", Bare(row["Handler"]));
            Assert.Equal(string.Join(", ", item.GetProperty("parties").EnumerateArray().Select(static name => name.GetString())), Bare(row["Parties"]));
        }

        Assert.Contains(about, line => line.Name == "# Rows" && line.Value == items.Count + " (all)");
        Assert.Contains(about, line => line.Name == "# Data as of" && line.Value.Contains("partition 0 record ", StringComparison.Ordinal));
        Assert.Contains(about, line => line.Name == "# Exported by" && line.Value.Contains("测试 CommandStaff", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sort=number")]
    [InlineData("sort=handler&status=open")]
    [InlineData("handler=nobody")]
    public async Task An_xlsx_file_is_the_list_with_numbers_for_money_and_texts_for_the_rest(string list)
    {
        var items = await ItemsAsync(city.Product.Client, list);
        using var file = new MemoryStream(await city.Product.Client.GetByteArrayAsync(Route("/api/v1/cases/export?format=xlsx&" + list), Token));

        Assert.Equal(["导出说明", "案件"], file.GetSheetNames());
        var rows = file.Query(useHeaderRow: true, sheetName: "案件").Cast<IDictionary<string, object?>>().Where(static row => row["案号"] is not null).ToList();
        Assert.Equal(items.Count, rows.Count);
        foreach (var (item, row) in items.Zip(rows))
        {
            Assert.Equal(item.GetProperty("number").GetString(), Assert.IsType<string>(row["案号"]));
            Assert.Equal(item.GetProperty("cause").GetString(), row["案由"]);
            var claim = item.GetProperty("claimFen").GetInt64();
            Assert.Equal(claim, claim < ExportLimits.NumberFenMax ? Math.Round((decimal)Assert.IsType<double>(row["标的（元）"]) * 100) : Fen(Assert.IsType<string>(row["标的（元）"])));
        }

        var about = file.Query(useHeaderRow: true, sheetName: "导出说明").Cast<IDictionary<string, object?>>().ToDictionary(static row => (string)row["项目"]!, static row => row["内容"] as string);
        Assert.Equal($"{items.Count}（全部）", about["行数"]);
        Assert.Contains("测试 CommandStaff", about["导出人"], StringComparison.Ordinal);
        Assert.Contains("全市", about["清单"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cell_of_a_file_is_a_formula_and_no_name_of_a_person_is_in_it()
    {
        var csv = Encoding.UTF8.GetString(await city.Product.Client.GetByteArrayAsync(Route("/api/v1/cases/export?format=csv"), Token));
        var xlsx = await city.Product.Client.GetByteArrayAsync(Route("/api/v1/cases/export?format=xlsx"), Token);
        var payments = await city.Product.Client.GetStringAsync(Route("/api/v1/funds/export?format=csv&direction=in&from=2026-03-03&to=2026-03-04"), Token);

        Assert.StartsWith("\uFEFF案号,", csv, StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.Contains(",'@SUM(A1),", csv, StringComparison.Ordinal);
        Assert.DoesNotMatch("(^|[,\"\n\r])[=+@\t]", csv);
        using var archive = new ZipArchive(new MemoryStream(xlsx));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var xml = await reader.ReadToEndAsync(Token);
            Assert.DoesNotContain("<x:f>", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("欧阳修竹", xml, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("欧阳修竹", csv + payments, StringComparison.Ordinal);
        Assert.Contains("欧**", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payments_are_the_list_with_their_sum()
    {
        const string List = "direction=in&from=2026-03-03&to=2026-03-04";
        var page = await city.Product.GetAsync("/api/v1/funds?size=500&" + List);
        var text = await city.Product.Client.GetStringAsync(Route("/api/v1/funds/export?format=csv&lang=en&" + List), Token);
        var (rows, about) = Read(text);

        Assert.Equal(24, rows.Count);
        Assert.Equal(page.GetProperty("items").EnumerateArray().Select(static item => (item.GetProperty("case").GetString(), item.GetProperty("amountFen").GetInt64())),
            rows.Select(static row => ((string?)row["Number"], Fen(row["Amount (¥)"]))));
        Assert.Contains(about, line => line.Name == "# Sum (¥)" && Fen(line.Value) == page.GetProperty("sumFen").GetInt64());
    }

    [Fact]
    public async Task A_file_holds_what_its_reader_may_see_and_leaves_one_record()
    {
        using var chief = await city.Product.ClientOfAsync(Role.CourtChief, "沪0104");
        using var handler = await city.Product.ClientOfAsync(Role.Handler, ShippedConfig.Pudong, "丙");
        using var finance = await city.Product.ClientOfAsync(Role.Finance, "沪0104");
        using var auditor = await city.Product.ClientOfAsync(Role.Auditor);

        var (own, _) = await CsvAsync(chief, "lang=en&q=" + Uri.EscapeDataString("欧阳修竹"));
        var (his, _) = await CsvAsync(handler, "lang=en");

        Assert.Equal(4, own.Count);
        Assert.All(own, static row => Assert.Equal("Xuhui", row["Court"]));
        Assert.All(his, static row => Assert.Equal("丙", row["Handler"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await chief.GetAsync(Route("/api/v1/cases/export?format=csv&scope=" + ShippedConfig.Pudong), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.GetAsync(Route("/api/v1/cases/export?format=csv"), Token)).StatusCode);
        var trail = (await auditor.GetFromJsonAsync<JsonElement>(Route("/api/v1/trail?action=case.export"), Token)).GetProperty("items").EnumerateArray()
            .First(static item => item.GetProperty("role").GetString() == "CourtChief" && item.GetProperty("outcome").GetString() == "done").GetProperty("detail");
        Assert.Equal(("csv", "4"), (trail.GetProperty("format").GetString(), trail.GetProperty("rows").GetString()));
        Assert.Equal("?format=csv&lang=en", trail.GetProperty("query").GetString());
        Assert.StartsWith("name, 4 characters, print ", trail.GetProperty("question").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/cases/export", "query.bad-format")]
    [InlineData("/api/v1/cases/export?format=pdf", "query.bad-format")]
    [InlineData("/api/v1/cases/export?format=csv&status=x", "query.bad-status")]
    [InlineData("/api/v1/cases/export?format=csv&ask=x", "query.bad-ask")]
    [InlineData("/api/v1/funds/export?format=xlsx", "query.bad-direction")]
    public async Task What_cannot_be_exported_has_a_code(string path, string code)
    {
        using var answer = await city.Product.Client.GetAsync(Route(path), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(0, "0.00", true)]
    [InlineData(-5, "-0.05", true)]
    [InlineData(999_999_999_999_999, "9999999999999.99", true)]
    [InlineData(1_000_000_000_000_000, "10000000000000.00", false)]
    [InlineData(long.MinValue, "-92233720368547758.08", false)]
    public void Money_is_exact_and_a_number_only_while_a_spreadsheet_keeps_it(long fen, string text, bool isNumber) =>
        Assert.Equal((text, isNumber), (ExportMoney.Text(fen), ExportMoney.IsNumber(fen)));

    [Fact]
    public void Only_a_few_are_made_at_a_time()
    {
        using var gate = new ExportGate();
        for (var i = 0; i < ExportLimits.AtOnceMax; i++)
        {
            Assert.True(gate.TryEnter());
        }

        Assert.False(gate.TryEnter());
        gate.Leave();
        Assert.True(gate.TryEnter());
    }

    [Fact]
    public void Every_text_is_there_in_both_languages() => Assert.All(ExportTexts.Keys, static key =>
    {
        var (zh, en) = (ExportTexts.Of(key, WallLanguage.Zh), ExportTexts.Of(key, WallLanguage.En));
        Assert.NotEmpty(zh);
        Assert.NotEmpty(en);
        Assert.Equal(zh.Contains("{0}", StringComparison.Ordinal), en.Contains("{0}", StringComparison.Ordinal));
    });

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string list) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(Route("/api/v1/cases?size=500&" + list), Token)).GetProperty("items").EnumerateArray()];

    private static async Task<(List<Dictionary<string, string>> Rows, List<(string Name, string Value)> About)> CsvAsync(HttpClient client, string list) =>
        Read(await client.GetStringAsync(Route("/api/v1/cases/export?format=csv&" + list), Token));

    private static (List<Dictionary<string, string>> Rows, List<(string Name, string Value)> About) Read(string text)
    {
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var records = Parse(text.TrimStart('\uFEFF')).ToList();
        var heads = records[0];
        Assert.All(records, record => Assert.Equal(heads.Count, record.Count));
        var about = records.Where(static record => record[0].StartsWith('#')).Select(static record => (record[0], record[1])).ToList();
        var rows = records.Skip(1).Where(static record => !record[0].StartsWith('#')).Select(record => heads.Zip(record).ToDictionary(static cell => cell.First, static cell => cell.Second)).ToList();
        return (rows, about);
    }

    // RFC 4180 by the letter, and nothing else.
    private static IEnumerable<List<string>> Parse(string text)
    {
        List<string> record = [];
        for (var at = 0; at < text.Length;)
        {
            var cell = new StringBuilder();
            if (text[at] == '"')
            {
                for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                {
                    at += text[at] == '"' ? 1 : 0;
                    _ = cell.Append(text[at]);
                }

                at++;
            }
            else
            {
                for (; text[at] is not (',' or '\r'); at++)
                {
                    Assert.False(text[at] is '"' or '\n', "A quote or a line feed stands outside of quotes.");
                    _ = cell.Append(text[at]);
                }
            }

            record.Add(cell.ToString());
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            yield return record;
            record = [];
        }
    }

    private static long Fen(string yuan) => (long)(decimal.Parse(yuan, CultureInfo.InvariantCulture) * 100);

    private static string Bare(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;

    private static Uri Route(string path) => new(path, UriKind.Relative);
}
