using System.Text.Json.Nodes;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>The hash tells a repeat from another content under the same id.</summary>
public sealed class ContentHashTests
{
    public static TheoryData<string> Types => [.. EventLine.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void White_space_and_the_order_of_keys_make_no_other_content(string type)
    {
        var line = EventLine.Good(type);
        var spaced = line.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }).Replace('\n', ' ');
        var reversed = new JsonObject(line.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())))
        {
            ["data"] = new JsonObject(line["data"]!.AsObject().Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
        };

        Assert.Equal(HashOf(EventLine.Text(line)), HashOf(spaced));
        Assert.Equal(HashOf(EventLine.Text(line)), HashOf(EventLine.Text(reversed)));
    }

    [Fact]
    public void Escapes_full_width_brackets_and_the_offset_of_the_same_moment_make_no_other_content()
    {
        var line = EventLine.Text(EventLine.Good("funds.received"));

        Assert.Equal(HashOf(line), HashOf(line.Replace("李四", "\\u674e\\u56db", StringComparison.Ordinal)));
        Assert.Equal(HashOf(line), HashOf(line.Replace("(2017)", "（2017）", StringComparison.Ordinal)));
        Assert.Equal(HashOf(line), HashOf(line.Replace("09:30:00+08:00", "01:30:00.000Z", StringComparison.Ordinal)));
        Assert.Equal(HashOf(line), HashOf(line.Replace("a-1", "a-2", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Any_other_word_or_number_is_another_content(string type)
    {
        var hashes = new List<ulong> { HashOf(EventLine.Text(EventLine.Good(type))) };
        Add("at", "2017-09-01T09:30:00.0000001+08:00");
        Add("court", "沪0104");
        Add("by", "officer-18");
        hashes.Add(HashOf(Without(EventLine.Good(type), "by", unless: EventLine.IsOfOfficer(type) || EventType.Find(type)!.IsSigned)));
        if (!EventLine.IsOfOfficer(type))
        {
            Add("case", "(2017)沪0115执1235号");
            Add("case", "(2018)沪0115执1234号");
            Add("case", "(2017)沪0104执1234号");
        }

        foreach (var (field, value) in EventLine.Good(type)["data"]!.AsObject().Where(pair => pair.Key != "kind"))
        {
            var line = EventLine.Good(type);
            line["data"]![field] = Other(field, value!);
            hashes.Add(HashOf(EventLine.Text(line)));
        }

        // Every spoiled line differs from the good one and from every other; a line without an officer is skipped.
        Assert.Equal(hashes.Where(hash => hash != 0).Distinct().Count(), hashes.Count(hash => hash != 0));

        void Add(string field, string value)
        {
            var line = EventLine.Good(type);
            line[field] = value;
            hashes.Add(HashOf(EventLine.Text(line)));
        }
    }

    [Fact]
    public void A_field_that_is_not_there_differs_from_one_that_is_empty()
    {
        var line = EventLine.Good("funds.received");
        line["data"]!["payer"] = "";
        var without = EventLine.Good("funds.received");
        _ = without["data"]!.AsObject().Remove("payer");

        Assert.NotEqual(HashOf(EventLine.Text(line)), HashOf(EventLine.Text(without)));
    }

    [Theory]
    [InlineData("case.filed", "parent", "\"(2016)沪0115执99号\"", "\"(2016)沪0115执98号\"")]
    [InlineData("case.node", "occurrence", "1", "2")]
    public void A_field_that_may_be_there_counts(string type, string field, string value, string other)
    {
        var hashes = new[] { null, value, other }.Select(json =>
        {
            var line = EventLine.Good(type);
            if (json is not null)
            {
                line["data"]![field] = JsonNode.Parse(json);
            }

            return HashOf(EventLine.Text(line));
        });

        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    public void Names_do_not_run_into_each_other()
    {
        string[] namings =
        [
            """{"applicants":["a","b"],"debtors":[]}""", """{"applicants":["ab"],"debtors":[]}""", """{"applicants":["a"],"debtors":["b"]}""",
            """{"applicants":[],"debtors":["a","b"]}""", """{"applicants":["","ab"],"debtors":[]}""", """{"applicants":["ab",""],"debtors":[]}""",
        ];

        var hashes = namings.Select(naming =>
        {
            var line = EventLine.Good("case.filed");
            foreach (var (field, value) in JsonNode.Parse(naming)!.AsObject())
            {
                line["data"]![field] = value!.DeepClone();
            }

            return HashOf(EventLine.Text(line));
        });

        Assert.Equal(namings.Length, hashes.Distinct().Count());
    }

    private static ulong HashOf(string line) => line.Length == 0 ? 0 : Parsing.Fact(line).Envelope.ContentHash;

    private static string Without(JsonObject line, string field, bool unless) => !unless && line.Remove(field) ? EventLine.Text(line) : "";

    private static JsonNode Other(string field, JsonNode value) => field switch
    {
        "node" => "FK",
        "phase" => "done",
        "way" => "ZB",
        "toCourt" => "沪0104",
        "class" => "vehicle",
        "act" => "freeze",
        "about" => "limit",
        "until" or "due" => "2030-01-01",
        "state" => "off",
        "datum" => "GCJ02",
        "for" => "(2017)沪0115执1235号",
        _ when value is JsonArray names => new JsonArray([.. names.Select(name => (JsonNode)(name!.GetValue<string>() + "甲"))]),
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => value.GetValue<double>() + 1,
        _ => value.GetValue<string>() + "'",
    };
}
