using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Testing;
using CommandCenter.Web.Intake;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>Strings that broke other systems, through every field that holds a text: taken and given back unchanged, or refused with a code.</summary>
public sealed class NaughtyStringTests
{
    private const long PaymentFen = 7;

    public static TheoryData<string> Corpora => ["blns.json", "xss_sample.txt", "sqli/Auth_Bypass.txt", "sqli/Generic_SQLI.txt", "sqli/Generic_TimeBased.txt"];

    [Theory]
    [MemberData(nameof(Corpora))]
    public async Task A_text_comes_back_as_it_was_sent_or_is_refused(string corpus)
    {
        var texts = ReadCorpus(corpus);
        await using var product = await ProductUnderTest.StartAsync();
        var events = texts.SelectMany((text, i) => EventsWith(text, i)).ToArray();

        var answer = await product.SendAsync([.. events.Select(sent => sent.Line)]);

        var refused = answer.Rejected.ToDictionary(line => line.Line - 1, line => line.Code);
        var wrong = events.Index().Where(sent => sent.Item.Code != refused.GetValueOrDefault(sent.Index))
            .Select(sent => $"{refused.GetValueOrDefault(sent.Index) ?? "accepted"}: {sent.Item.Line}");
        Assert.Equal([], wrong);
        Assert.Equal((events.Length - refused.Count, 0), (answer.Accepted, answer.Duplicates));
        Assert.True(answer.Accepted > texts.Count, "Most strings are harmless to us.");
        for (var i = 0; i < texts.Count; i++)
        {
            await ComesBackAsync(product, texts[i], i);
        }

        // Nothing is half stored: the figures and the journal hold what was accepted, no more and no less.
        var totals = await product.TotalsAsync();
        Assert.Equal(texts.Count, totals.GetProperty("received").GetInt64());
        Assert.Equal(PaymentFen * texts.Count(text => CodeOfName(text, 256) is null), totals.GetProperty("fundsInFen").GetInt64());
        var report = await product.StopAndVerifyAsync();
        Assert.Equal((answer.Accepted, 0), (report.RecordCount, report.Findings.Count));
    }

    [Theory]
    [MemberData(nameof(Corpora))]
    public void No_such_text_is_a_type_a_time_a_court_or_a_case_and_an_id_only_when_it_is_a_text(string corpus)
    {
        foreach (var text in ReadCorpus(corpus))
        {
            Assert.All(["type", "at", "court", "case"], field => Assert.NotEqual("accepted", CodeWith(field)));
            Assert.Equal(text.Length == 0 ? EventCodes.BadValue : CodeOf(text, 64) ?? "accepted", CodeWith("id"));

            string CodeWith(string field)
            {
                var line = EventLine.Good("case.assigned");
                line[field] = text;
                return Parsing.Code(EventLine.Text(line));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpora))]
    public void A_naughty_text_as_a_whole_line_is_refused_with_a_code(string corpus) =>
        Assert.All(ReadCorpus(corpus), text => Assert.NotEqual("accepted", Parsing.Code(text)));

    // The text in every field that holds one. A filing that cannot take it is followed by one that needs not, so that all else has a case.
    private static IEnumerable<(string Line, string? Code)> EventsWith(string text, int index)
    {
        var number = index + 1;
        var filing = JsonNode.Parse(EventLine.Of("case.filed", $"named-{index}", number))!;
        filing["data"]!["cause"] = text;
        filing["data"]!["basis"] = text;
        filing["data"]!["applicants"] = new JsonArray("张三", text);
        filing["data"]!["debtors"] = new JsonArray(text, text);
        yield return (EventLine.Text(filing), CodeOf(text, 256));
        if (CodeOf(text, 256) is not null)
        {
            yield return (EventLine.Of("case.filed", $"plain-{index}", number), null);
        }

        yield return With("case.assigned", "handler", 64);
        yield return With("case.suspended", "ground", 256);
        yield return With("funds.received", "serial", 256, ("payer", text), ("amountFen", PaymentFen));
        yield return With("property.controlled", "propertyId", 256);
        yield return With("petition.received", "petitionId", 256);
        yield return With("party.renamed", "now", 256, ("was", "从前"));
        var by = JsonNode.Parse(EventLine.Of("case.claimChanged", $"by-{index}", number))!;
        by["by"] = text;
        yield return (EventLine.Text(by), CodeOf(text, 64));

        (string, string?) With(string type, string field, int lengthMax, params ReadOnlySpan<(string Field, JsonNode Value)> more)
        {
            var line = JsonNode.Parse(EventLine.Of(type, $"{type}-{index}", number))!;
            line["data"]![field] = text;
            foreach (var (name, value) in more)
            {
                line["data"]![name] = value;
            }

            return (EventLine.Text(line), CodeOfName(text, lengthMax));
        }
    }

    private static async Task ComesBackAsync(ProductUnderTest product, string text, int index)
    {
        // Without the mask of the API: what is kept is what was sent.
        var cases = product.Services.GetRequiredService<CaseDetail>();
        var (found, _) = await cases.FindAsync(Viewers.Command, EventLine.Number(index + 1), PersonMask.Off, TestContext.Current.CancellationToken);
        var view = JsonSerializer.SerializeToElement(found, JsonSerializerOptions.Web);
        var isRefused = CodeOf(text, 256) is not null;
        var isNoName = CodeOfName(text, 256) is not null;
        Assert.Equal(isRefused ? "买卖合同纠纷" : text, view.GetProperty("cause").GetString());
        Assert.Equal(isRefused ? "(2016)沪0115民初1号" : text, view.GetProperty("basis").GetString());
        Assert.Equal(isRefused ? ["张三"] : ["张三", text], Texts("applicants"));
        Assert.Equal(isRefused ? ["李四", "王五"] : [text, text], Texts("debtors"));
        Assert.Equal(CodeOfName(text, 64) is null ? text : null, view.GetProperty("handler").GetString());
        Assert.Equal(isNoName ? [] : [text], Texts("suspensions"));
        Assert.Equal(isNoName ? [] : [text], Each("funds", "serial"));
        Assert.Equal(isNoName ? [] : [text], Each("properties", "propertyId"));
        Assert.Equal(isNoName ? [] : [text], Texts("openPetitions"));
        Assert.Equal(isNoName ? [] : [text], Each("formerNames", "now"));
        var timeline = view.GetProperty("timeline").EnumerateArray().ToLookup(entry => entry.GetProperty("type").GetString());
        Assert.Equal(isNoName ? [] : [text], timeline["funds.received"].Select(entry => entry.GetProperty("data").GetProperty("payer").GetString()));
        Assert.Equal(CodeOf(text, 64) is null ? [text] : [], timeline["case.claimChanged"].Select(entry => entry.GetProperty("by").GetString()));

        IEnumerable<string?> Texts(string list) => view.GetProperty(list).EnumerateArray().Select(item => item.GetString());

        IEnumerable<string?> Each(string list, string field) => view.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(field).GetString());
    }

    // The rule in the plainest words, apart from the product's own.
    private static string? CodeOf(string text, int lengthMax) =>
        text.Length > lengthMax ? EventCodes.TextTooLong : text.Any(char.IsControl) ? EventCodes.BadText : null;

    // Of the fields that name a thing or give a reason.
    private static string? CodeOfName(string text, int lengthMax) =>
        CodeOf(text, lengthMax) ?? (text.All(char.IsWhiteSpace) ? EventCodes.BadValue : null);

    private static List<string> ReadCorpus(string name)
    {
        var path = RepositoryRoot.FindShared("data/conformance/" + name);
        Assert.SkipWhen(path is null, $"{name} is not beside the repository.");
        List<string> texts = name.EndsWith(".json", StringComparison.Ordinal)
            ? JsonSerializer.Deserialize<List<string>>(File.ReadAllText(path))!
            : [.. File.ReadAllLines(path)];
        Assert.InRange(texts.Count, 50, 2_000);
        return texts;
    }
}
