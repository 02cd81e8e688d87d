using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Tests.Import;

namespace CommandCenter.Web.Tests.Hosting;

public sealed class CalendarFileTests
{
    [Fact]
    public void The_calendar_follows_its_schema() => Assert.Empty(Schema().Validate(Document("calendar.json")));

    [Theory]
    [InlineData("""{"years":[]}""")]
    [InlineData("""{"years":[{"year":2030,"notices":[]}]}""")]
    [InlineData("""{"years":[{"year":2030,"notices":[],"holidays":[{"name":"元旦","from":"2030-1-1","to":"2030-01-01"}]}]}""")]
    [InlineData("""{"years":[{"year":2030,"notices":[],"holidays":[],"off":[]}]}""")]
    public void A_calendar_that_its_reader_would_refuse_does_not_follow_it(string json) => Assert.NotEmpty(Schema().Validate(JsonElement.Parse(json)));

    private static JsonSchemaSubset Schema() => new(Document("calendar.schema.json"));

    private static JsonElement Document(string name) => JsonElement.Parse(File.ReadAllBytes(RepositoryRoot.Combine("wallboard-config", name)));
}
