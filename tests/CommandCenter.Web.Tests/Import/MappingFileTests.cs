using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Web.Import;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

public sealed class MappingFileTests
{
    public static TheoryData<string> Shipped => new(
        Directory.GetFiles(Path.Combine(SharedData.ConfigDirectory, "imports"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name != "import.schema"));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_mapping_is_read_and_fits_the_schema(string name)
    {
        var mapping = ImportLab.Shipped(name);

        Assert.Equal(name, mapping.Name);
        Assert.Equal(22, mapping.Courts.Count);
        Assert.Empty(Schema().Validate(Document(name)));
    }

    [Fact]
    public void The_three_promised_mappings_are_shipped() =>
        Assert.Equal(["bpic2012", "receipt", "traffic-fines"], Shipped.Select(row => row.Data).Order());

    /// <summary>Reader and schema must agree, or an editor would praise what the import refuses.</summary>
    [Theory]
    [InlineData("/colour", "\"red\"", "$: unknown property 'colour'")]
    [InlineData("/input/format", "\"xml\"", "$.input.format: must be csv or xes")]
    [InlineData("/input/sequense", "\"seq\"", "$.input: unknown property 'sequense'")]
    [InlineData("/activities/Payment/emitt", "[]", "$.activities.Payment: unknown property 'emitt'")]
    [InlineData("/closeWhen/way", "7", "$.closeWhen.way: must be a text")]
    [InlineData("/courts", "[]", "$.courts: must name at least one court")]
    [InlineData("/ignore", "{\"Payment\": \"\"}", "$.ignore.Payment: is among the activities")]
    public void A_wrong_property_is_refused_by_reader_and_schema(string place, string value, string message)
    {
        var json = Changed(place, value);

        var exception = Assert.Throws<ImportInputException>(() => Parse(json));
        Assert.Contains("fines.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Schema().Validate(JsonDocument.Parse(json).RootElement));
    }

    /// <summary>What a schema cannot know.</summary>
    [Theory]
    [InlineData("/name", "\"other\"", "must be 'traffic-fines'")]
    [InlineData("/number", "\"(2000){court\"", "the braces")]
    [InlineData("/number", "\"{@case|md5}\"", "'md5' is not a function")]
    [InlineData("/number", "\"{@kase}\"", "'@kase' is not one of")]
    [InlineData("/sums/claim", "[\"fine\", \"cost\"]", "'cost' is not among the values")]
    [InlineData("/closeWhen/on", "[\"Pay\"]", "'Pay', which is not an activity")]
    [InlineData("/activities/Payment/add/penny", "\"paymentAmount\"", "'penny' is not among the values")]
    [InlineData("/activities/Payment/emit/0/type", "\"funds.stolen\"", "'funds.stolen' is not an event")]
    [InlineData("/activities/Payment/emit/0/data/payee", "\"x\"", "unknown property 'payee'")]
    [InlineData("/activities/Appeal to Judge/emit/0/data/occurrence", "\"next\"", "must be new, current or a number")]
    public void A_name_that_is_not_known_is_refused_with_its_place(string place, string value, string message)
    {
        var exception = Assert.Throws<ImportInputException>(() => Parse(Changed(place, value)));

        Assert.Contains("fines.json: $", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_stands_twice_is_refused() =>
        Assert.Throws<ImportInputException>(() => ImportLab.Mapping("""{"name":"test","name":"test"}"""));

    [Fact]
    public void A_map_that_does_not_exist_is_refused_with_the_names_of_those_that_do()
    {
        var exception = Assert.Throws<ImportInputException>(() => MappingReader.Read(SharedData.ConfigDirectory, "fines"));

        Assert.Contains("bpic2012, receipt, traffic-fines", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("import.schema", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ImportInputException>(() => MappingReader.Read(SharedData.ConfigDirectory, "../imports/receipt"));
    }

    private static JsonSchemaSubset Schema() => new(Document("import.schema"));

    private static string TextOf(string name) => File.ReadAllText(Path.Combine(SharedData.ConfigDirectory, "imports", name + ".json"));

    private static JsonElement Document(string name) => JsonDocument.Parse(TextOf(name)).RootElement;

    private static ImportMapping Parse(string json) =>
        MappingReader.Parse(System.Text.Encoding.UTF8.GetBytes(json), "fines.json", "traffic-fines");

    private static string Changed(string place, string value)
    {
        var root = JsonNode.Parse(TextOf("traffic-fines"))!;
        var steps = place.Split('/')[1..];
        var node = root;
        foreach (var step in steps[..^1])
        {
            node = int.TryParse(step, out var index) ? node![index] : node![step];
        }

        node![steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
