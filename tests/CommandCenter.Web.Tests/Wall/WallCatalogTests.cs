using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallCatalogTests : IDisposable
{
    private const string Good = """{"id":"main","title":{"zh":"主屏","en":"Main"},"scene":{"zh":"总览","en":"Overview"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("walls-").FullName;

    [Fact]
    public void Every_wall_file_of_the_product_can_be_used()
    {
        var catalog = WallCatalog.Load(Path.Combine(WallHost.FindRoot(), "wallboard-config", "walls"));

        Assert.Equal("全市总览", catalog.Find("main")!.Scene.Zh);
    }

    [Fact]
    public void A_wall_is_stale_after_five_seconds_unless_its_file_says_otherwise()
    {
        Write("main.json", Good);

        Assert.Equal(5, WallCatalog.Load(_folder).Find("main")!.StaleAfterSeconds);
    }

    [Theory]
    [InlineData("""{"id":"other","title":{"zh":"主屏","en":"Main"},"scene":{"zh":"总览","en":"Overview"}}""", "id is \"other\"")]
    [InlineData("""{"id":"main","title":{"zh":"主屏","en":" "},"scene":{"zh":"总览","en":"Overview"}}""", "title needs a text")]
    [InlineData("""{"id":"main","title":{"zh":"主屏","en":"Main"},"scene":{"zh":"总览","en":"Overview"},"staleAfterSeconds":1}""", "staleAfterSeconds is 1")]
    [InlineData("""{"id":"main","title":{"zh":"主屏","en":"Main"},"scene":{"zh":"总览","en":"Overview"},"colour":"red"}""", "colour")]
    [InlineData("""{"id":"main","title":{"zh":"主屏","en":"Main"}}""", "scene")]
    [InlineData("""{"id":"main",""", "main.json")]
    [InlineData("null", "holds null")]
    public void A_wrong_file_is_refused_by_name_and_fault(string content, string fault)
    {
        Write("main.json", content);

        var refusal = Assert.Throws<WallConfigException>(() => WallCatalog.Load(_folder));

        Assert.Contains("main.json", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_wall_is_refused()
    {
        Write("wall.schema.json", "{}");

        Assert.Throws<WallConfigException>(() => WallCatalog.Load(_folder));
        Assert.Throws<WallConfigException>(() => WallCatalog.Load(Path.Combine(_folder, "missing")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
