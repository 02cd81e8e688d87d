using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CommandCenter.Audit.Evidence;
using CommandCenter.Cameras.Recording;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Recordings;
using CommandCenter.Web.Tests.Cameras;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Recordings;

/// <summary>Legal holds and packs of evidence, by the forms of the page.</summary>
public sealed class RecordingEvidenceTests
{
    private const string Page = "/cameras/cam-1/recordings";
    private const string Why = "（2026）沪0115执1号 被执行人阻碍执行";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hold_is_ordered_and_let_go_by_forms_for_a_reason_that_stands_in_the_trace()
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        await product.RecordAsync("cam-1");
        var (from, until) = RangeOf(product);
        var session = await product.SessionAsync(Role.CommandStaff);

        Assert.Equal("why", await HoldAsync("x"));
        Assert.Equal("range", await RecordingTests.OutcomeAsync(product.SendAsync(session, Page + "/holds", new() { ["from"] = until, ["until"] = from, ["why"] = Why }, Page)));
        Assert.Equal("done-held", await HoldAsync(Why));
        var hold = Assert.Single(product.Keeper.Store!.Holds("cam-1"));
        Assert.Equal(Why, hold.Why);
        using var command = await product.Product.ClientOfAsync(Role.CommandStaff);
        Assert.Contains(hold.Id, await command.GetStringAsync(new Uri(Page, UriKind.Relative), Token), StringComparison.Ordinal);

        // A president of another court does not find it; one of the intermediate court may look, not decide.
        var foreign = await product.SessionAsync(Role.CourtChief, FilmedProduct.Elsewhere);
        using (var refused = await product.SendAsync(foreign, $"{Page}/holds/{hold.Id}/release", new() { ["why"] = Why }, "/account"))
        {
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        var above = await product.SessionAsync(Role.IntermediateCourt, "沪01");
        using (var refused = await product.SendAsync(above, $"{Page}/holds/{hold.Id}/release", new() { ["why"] = Why }, Page))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Equal("hold", await RecordingTests.OutcomeAsync(product.SendAsync(session, $"{Page}/holds/none/release", new() { ["why"] = Why }, Page)));
        Assert.Equal("done-released", await RecordingTests.OutcomeAsync(product.SendAsync(session, $"{Page}/holds/{hold.Id}/release", new() { ["why"] = "案件已结" }, Page)));
        Assert.Empty(product.Keeper.Store!.Holds("cam-1"));
        Assert.Contains("阻碍执行", Assert.Single(await product.TrailAsync("recording.held")).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(["done", "denied"], (await product.TrailAsync("recording.released")).Select(static record => record.GetProperty("outcome").GetString()));

        Task<string> HoldAsync(string why) => RecordingTests.OutcomeAsync(product.SendAsync(session, Page + "/holds", new() { ["from"] = from, ["until"] = until, ["why"] = why }, Page));
    }

    [Fact]
    public async Task A_pack_verifies_with_the_key_of_the_trace_and_a_changed_byte_is_named_with_its_second()
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        await product.RecordAsync("cam-1");
        var (from, until) = RangeOf(product);
        await SeenAsync(product, at: from);
        var session = await product.SessionAsync(Role.CommandStaff);
        Assert.Equal("why", await RecordingTests.OutcomeAsync(product.SendAsync(session, Page + "/evidence", new() { ["from"] = from, ["until"] = until, ["why"] = "" }, Page)));
        Assert.Equal("range", await RecordingTests.OutcomeAsync(product.SendAsync(session, Page + "/evidence", new() { ["from"] = "2020-01-01T00:00:00", ["until"] = until, ["why"] = Why }, Page)));

        using var answer = await product.SendAsync(session, Page + "/evidence", new() { ["from"] = from, ["until"] = until, ["why"] = Why }, Page);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        using var folder = new TemporaryDirectory();
        var zip = Path.Combine(folder.Path, "pack.zip");
        await File.WriteAllBytesAsync(zip, await answer.Content.ReadAsByteArrayAsync(Token), Token);
        var key = await File.ReadAllTextAsync(product.Product.DataDirectory + ".audit-key.pem.pub", Token);
        Assert.Empty(EvidenceVerifier.Verify(zip, key, Token).Findings);
        Assert.Empty(Directory.EnumerateFiles(product.Keeper.Root, RecordingKeeper.PackPrefix + "*"));

        var pack = Path.Combine(folder.Path, "pack");
        await ZipFile.ExtractToDirectoryAsync(zip, pack, Token);
        Assert.Contains("\"officer\": \"officer-1\"", await File.ReadAllTextAsync(Path.Combine(pack, "manifest.json"), Token), StringComparison.Ordinal);
        using (var positions = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(pack, "positions.json"), Token)))
        {
            Assert.Equal("officer-1", positions.RootElement.GetProperty("officer").GetString());
            Assert.Equal(31.2, Assert.Single(positions.RootElement.GetProperty("points").EnumerateArray()).GetProperty("lat").GetDouble());
        }

        var video = Directory.EnumerateFiles(pack, "*.mp4", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(video, Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(video, bytes, Token);
        var finding = Assert.Single(EvidenceVerifier.Verify(pack, key, Token).Findings, static finding => finding.Code == "evidence.second-changed");
        var range = product.Keeper.Library.Ranges("cam-1", DateTimeOffset.MinValue.AddYears(1), DateTimeOffset.MaxValue.AddYears(-1))[0];
        Assert.InRange(finding.Second!.Value, range.From.AddSeconds(-1), range.Until);
        Assert.Contains("阻碍执行", Assert.Single(await product.TrailAsync("recording.exported")).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private static async Task SeenAsync(RecordedProduct product, string at)
    {
        var answer = await product.Product.SendAsync(
            $$$"""{"id":"seen","type":"officer.position","at":"{{{at}}}","court":"{{{FilmedProduct.Own}}}","by":"officer-1","data":{"lat":31.2,"lon":121.5,"datum":"WGS84"}}""");
        Assert.Equal(1, answer.Accepted);
        await product.Product.Services.GetRequiredService<JournalFollower>().TurnAsync(Token);
    }

    private static (string From, string Until) RangeOf(RecordedProduct product)
    {
        RecordedRange range = product.Keeper.Library.Ranges("cam-1", DateTimeOffset.MinValue.AddYears(1), DateTimeOffset.MaxValue.AddYears(-1))[0];
        return (RecordingTimes.Url(range.From), RecordingTimes.Url(range.Until));
    }
}
