using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallCatalogTests : IDisposable
{
    private const string Panel = """{"kind":"caseload","x":0,"y":120,"width":1500,"height":500}""";
    private const string Scene = $$"""{"id":"overview","title":{"zh":"总览","en":"Overview"},"panels":[{{Panel}}]}""";
    private const string Good = $$"""{"id":"main","title":{"zh":"主屏","en":"Main"},"scenes":[{{Scene}}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("walls-").FullName;

    [Fact]
    public void Every_wall_file_of_the_product_can_be_used()
    {
        var catalog = WallCatalog.Load(Path.Combine(WallHost.FindRoot(), "wallboard-config", "walls"));

        Assert.Equal("全市总览", catalog.Find("main")!.Scenes[0].Title.Zh);
    }

    [Fact]
    public void A_wall_is_stale_after_five_seconds_unless_its_file_says_otherwise()
    {
        Write("main.json", Good);

        Assert.Equal(5, WallCatalog.Load(_folder).Find("main")!.StaleAfterSeconds);
    }

    [Fact]
    public void A_changed_file_is_another_revision()
    {
        Write("main.json", Good);
        var before = WallCatalog.Load(_folder).Find("main")!.Revision;
        Write("main.json", Good.Replace("500", "510", StringComparison.Ordinal));

        Assert.NotEqual(before, WallCatalog.Load(_folder).Find("main")!.Revision);
    }

    [Theory]
    [InlineData("\"id\":\"main\"", "\"id\":\"other\"", "id is \"other\"")]
    [InlineData("\"en\":\"Main\"", "\"en\":\" \"", "title needs a text")]
    [InlineData("\"scenes\"", "\"staleAfterSeconds\":1,\"scenes\"", "staleAfterSeconds is 1")]
    [InlineData("\"scenes\"", "\"colour\":\"red\",\"scenes\"", "colour")]
    [InlineData("\"scenes\"", "\"pictures\"", "pictures")]
    [InlineData("\"scenes\":[", "\"scenes\":[],\"x\":[", "x")]
    [InlineData("\"scenes\"", "\"heads\":[{\"x\":0,\"y\":0,\"width\":4801,\"height\":1080}],\"scenes\"", "head 1 is 4801 × 1080 at 0, 0")]
    [InlineData("\"panels\"", "\"dwellSeconds\":-1,\"panels\"", "dwellSeconds is -1")]
    [InlineData("\"panels\"", "\"transition\":\"spin\",\"panels\"", "transition")]
    [InlineData("\"kind\":\"caseload\"", "\"kind\":\"weather\"", "there is no such kind; there are")]
    [InlineData("\"width\":1500", "\"width\":4900", "must lie within")]
    [InlineData("\"width\":1500", "\"width\":500", "needs at least 1400 × 470")]
    [InlineData("\"height\":500", "\"height\":500,\"scale\":9", "scale is 9")]
    [InlineData("\"height\":500", "\"height\":500,\"options\":{\"colour\":1}", "there is no option colour")]
    [InlineData("\"panels\":[", "\"panels\":[{\"kind\":\"caseload\",\"x\":900,\"y\":130,\"width\":1500,\"height\":500},", "overlaps panel 1 (caseload)")]
    [InlineData("\"scenes\":[", "\"scenes\":[{\"id\":\"overview\",\"title\":{\"zh\":\"一\",\"en\":\"One\"},\"panels\":[]},", "stands there twice")]
    [InlineData("{\"id\":\"main\",", "{\"id\":\"main\",,", "main.json")]
    public void A_wrong_file_is_refused_by_name_and_fault(string right, string wrong, string fault)
    {
        Write("main.json", Good.Replace(right, wrong, StringComparison.Ordinal));

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
