using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>What <c>POST /api/v1/events</c> says to a request that it can read, and what is then on disk.</summary>
public sealed class IntakeAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_stands_alone_and_the_answer_names_those_refused()
    {
        await using var product = await ProductUnderTest.StartAsync();

        using var response = await product.PostAsync(
            EventLine.Of("case.filed", "f-1", 1),
            "",
            """{"id":"x","type":"case.opened","at":"2017-09-01T09:30:00Z","court":"沪0115","case":"(2017)沪0115执1号","data":{}}""",
            EventLine.Of("case.assigned", "a-1", 1),
            "{broken",
            EventLine.Of("case.closed", "c-9", 9),
            new string('x', EventParser.LineBytesMax + 1),
            EventLine.Of("case.filed", "f-1", 1));

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!.AsObject();
        Assert.Equal(["accepted", "duplicates", "rejected"], answer.Select(pair => pair.Key));
        Assert.Equal((2, 1), ((int)answer["accepted"]!, (int)answer["duplicates"]!));
        Assert.Equal(
            [(3, "event.unknown-type", "type"), (5, "event.not-json", null), (6, "case.unknown", "case"), (7, "event.line-too-long", null)],
            answer["rejected"]!.AsArray().Select(line => ((int)line!["line"]!, (string)line["code"]!, (string?)line["field"])));
        Assert.All(answer["rejected"]!.AsArray(), line => Assert.NotEmpty((string)line!["message"]!));
    }

    [Fact]
    public async Task What_was_accepted_is_there_after_a_restart_and_repeating_it_changes_nothing()
    {
        await using var product = await ProductUnderTest.StartAsync();
        string[] lines = [EventLine.Of("case.filed", "f-1", 1), EventLine.Of("funds.received", "m-1", 1), EventLine.Of("case.filed", "f-2", 2, court: "沪0101")];
        Assert.Equal(3, (await product.SendAsync(lines)).Accepted);
        var before = (await product.TotalsAsync()).ToString();

        await product.RestartAsync();
        var answer = await product.SendAsync(lines);

        Assert.Equal((0, 3, 0), (answer.Accepted, answer.Duplicates, answer.Rejected.Count));
        Assert.Equal(before, (await product.TotalsAsync()).ToString());
        Assert.Contains("\"fundsInFen\":100,", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_id_with_another_content_is_a_conflict_and_counts_once()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(EventLine.Of("case.filed", "f-1", 1), EventLine.Of("funds.received", "m-1", 1));

        var answer = await product.SendAsync(EventLine.Of("funds.received", "m-1", 1, """{"amountFen":101,"serial":"B-1","payer":"李四"}"""));

        Assert.Equal((0, 0, "event.id-conflict", "id"), (answer.Accepted, answer.Duplicates, answer.Rejected.Single().Code, answer.Rejected.Single().Field));
        Assert.Equal(100, (await product.TotalsAsync()).GetProperty("fundsInFen").GetInt64());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_id_that_counted_in_one_court_counts_in_no_other(bool isRestarted)
    {
        await using var product = await ProductUnderTest.StartAsync();
        string[] marks = [.. product.Grains.Courts.Courts.Select(court => court.Mark)];
        Assert.Equal(product.Grains.PartitionCount, product.Grains.Courts.Courts.Select(product.Grains.Map.PartitionOf).Distinct().Count());
        Assert.Equal(1, (await product.SendAsync(EventLine.Of("case.filed", "f-1", 1, court: marks[0]))).Accepted);
        if (isRestarted)
        {
            await product.RestartAsync();
        }

        var answer = await product.SendAsync([.. marks.Skip(1).Select(mark => EventLine.Of("case.filed", "f-1", 1, court: mark))]);

        Assert.Equal((0, 0), (answer.Accepted, answer.Duplicates));
        Assert.All(answer.Rejected, line => Assert.Equal("event.id-conflict", line.Code));
        Assert.Equal(marks.Length - 1, answer.Rejected.Count);
    }

    [Fact]
    public async Task An_event_before_its_filing_is_refused_and_welcome_afterwards()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var early = EventLine.Of("funds.received", "m-1", 1);

        Assert.Equal("case.unknown", (await product.SendAsync(early)).Rejected.Single().Code);
        Assert.Equal(1, (await product.SendAsync(EventLine.Of("case.filed", "f-1", 1))).Accepted);
        Assert.Equal(1, (await product.SendAsync(early)).Accepted);
    }

    [Fact]
    public async Task Closing_twice_is_refused_and_counts_once()
    {
        await using var product = await ProductUnderTest.StartAsync();

        var answer = await product.SendAsync(
            EventLine.Of("case.filed", "f-1", 1),
            EventLine.Of("case.closed", "c-1", 1),
            EventLine.Of("case.closed", "c-2", 1),
            EventLine.Of("case.closed", "c-3", 1, """{"way":"ZB"}"""));

        Assert.Equal([(3, "case.already-closed"), (4, "case.already-closed")], answer.Rejected.Select(line => (line.Line, line.Code)));
        Assert.Equal(1, (await product.TotalsAsync()).GetProperty("closed").GetInt64());
        Assert.Equal("WB", (await product.CaseAsync(EventLine.Number(1))).GetProperty("way").GetString());
    }

    [Fact]
    public async Task A_node_before_its_precondition_is_recorded_and_flagged()
    {
        await using var product = await ProductUnderTest.StartAsync();

        var answer = await product.SendAsync(EventLine.Of("case.filed", "f-1", 1), EventLine.Of("case.node", "n-1", 1, """{"node":"HK","phase":"done"}"""));

        Assert.Equal((2, 0), (answer.Accepted, answer.Rejected.Count));
        var view = await product.CaseAsync(EventLine.Number(1));
        Assert.Equal("HK", view.GetProperty("node").GetString());
        Assert.Equal(["beforePrecondition"], Texts(view.GetProperty("irregular")));
        var entry = view.GetProperty("timeline").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "case.node");
        Assert.Equal(["beforePrecondition"], Texts(entry.GetProperty("irregular")));
        Assert.Equal(1, (await product.TotalsAsync()).GetProperty("irregular").GetInt64());
    }

    [Theory]
    [InlineData("沪0101")]
    [InlineData("沪0104")]
    [InlineData("沪01")]
    public async Task Another_court_cannot_file_or_change_the_case(string court)
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(EventLine.Of("case.filed", "f-1", 1));
        var strange = JsonNode.Parse(EventLine.Of("case.closed", "c-1", 1))!;
        strange["court"] = court;
        var filing = JsonNode.Parse(EventLine.Of("case.filed", "f-2", 2))!;
        filing["court"] = court;

        var answer = await product.SendAsync(EventLine.Text(strange), EventLine.Text(filing));

        Assert.Equal(["case.unknown", "case.number-of-other-court"], answer.Rejected.Select(line => line.Code));
        Assert.Equal("open", (await product.CaseAsync(EventLine.Number(1))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Repeats_of_one_batch_at_the_same_time_count_once()
    {
        const int Repeats = 8;
        const int Cases = 200;
        await using var product = await ProductUnderTest.StartAsync();
        var lines = Enumerable.Range(1, Cases).SelectMany(number => new[]
        {
            EventLine.Of("case.filed", $"f-{number}", number, court: number % 2 == 0 ? "沪0115" : "沪0101"),
            EventLine.Of("funds.received", $"m-{number}", number, court: number % 2 == 0 ? "沪0115" : "沪0101"),
        }).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, Repeats).Select(_ => product.SendAsync(lines)));

        Assert.Equal(lines.Length, answers.Sum(answer => answer.Accepted));
        Assert.Equal(lines.Length * (Repeats - 1), answers.Sum(answer => answer.Duplicates));
        Assert.All(answers, answer => Assert.Empty(answer.Rejected));
        Assert.Equal(Cases * 100, (await product.TotalsAsync()).GetProperty("fundsInFen").GetInt64());
        var report = await product.StopAndVerifyAsync();
        Assert.Equal((lines.Length, 0), (report.RecordCount, report.Findings.Count));
    }

    [Fact]
    public async Task A_gzip_body_counts_like_a_plain_one()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var body = Gzip.Pack(Encoding.UTF8.GetBytes(EventLine.Of("case.filed", "f-1", 1) + "\r\n" + EventLine.Of("case.filed", "f-2", 2)));

        Assert.Equal(2, (await ProductUnderTest.AnswerAsync(product.PostAsync(body, "gzip"))).Accepted);
        Assert.Equal(2, (await ProductUnderTest.AnswerAsync(product.PostAsync(body, "GZIP"))).Duplicates);
    }

    [Theory]
    [InlineData("application/x-ndjson; charset=utf-8")]
    [InlineData("Application/X-NDJSON")]
    public async Task The_media_type_is_read_as_such(string mediaType)
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var content = new ByteArrayContent([]);
        _ = content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        var answer = await ProductUnderTest.AnswerAsync(product.Client.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content, Token));

        Assert.Equal((0, 0, 0), (answer.Accepted, answer.Duplicates, answer.Rejected.Count));
    }

    [Fact]
    public async Task The_greatest_amounts_are_refused_before_a_sum_leaves_its_range()
    {
        await using var product = await ProductUnderTest.StartAsync(options => options.PartitionCount = 1);
        var amount = $$"""{"amountFen":{{(1L << 53) - 1}},"serial":"1"}""";
        string[] courts = ["沪0115", "沪0101", "沪0104"];
        var lines = courts.SelectMany(court => Enumerable.Range(1, 1_100).SelectMany(number => new[]
        {
            EventLine.Of("case.filed", $"f-{court}-{number}", number, court: court),
            EventLine.Of("funds.received", $"m-{court}-{number}", number, amount, court: court),
        })).ToArray();

        var answer = await product.SendAsync(lines);

        Assert.Equal(["funds.beyond-limit"], answer.Rejected.Select(line => line.Code).Distinct());
        var paid = answer.Accepted - (courts.Length * 1_100);
        Assert.Equal(paid * ((1L << 53) - 1), (await product.TotalsAsync()).GetProperty("fundsInFen").GetInt64());
        Assert.Equal(1, (await product.SendAsync(EventLine.Of("case.filed", "f-last", 9_999))).Accepted);
    }

    [Fact]
    public async Task Names_in_the_answer_are_whole_characters()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var name = "x" + string.Concat(Enumerable.Repeat("😀", 40));

        var rejected = (await product.SendAsync($$"""{"{{name}}":1}""")).Rejected.Single();

        Assert.Equal((EventCodes.UnknownField, "x" + string.Concat(Enumerable.Repeat("😀", 31))), (rejected.Code, rejected.Field));
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
