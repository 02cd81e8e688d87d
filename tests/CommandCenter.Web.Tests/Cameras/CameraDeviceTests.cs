using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Wall;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>The register of cameras: who may change it, what is refused, that it is on the disk, and that a secret is seen by nobody.</summary>
public sealed class CameraDeviceTests
{
    private const string Secret = "s3cret-of-a-camera";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_camera_is_registered_changed_and_removed_each_by_the_revision_that_was_seen_and_survives_a_restart()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        using var system = await filmed.Product.ClientOfAsync(Role.SystemAdministrator);

        Assert.Equal((HttpStatusCode.OK, ""), await FilmedProduct.PutAsync(system, "cam-1", FilmedProduct.Draft()));
        Assert.Equal((HttpStatusCode.Conflict, "camera.id-taken"), await FilmedProduct.PutAsync(system, "cam-1", FilmedProduct.Draft()));
        Assert.Equal((HttpStatusCode.OK, ""), await FilmedProduct.PutAsync(system, "cam-1", FilmedProduct.Draft(officer: "officer-2", secret: null, revision: 1)));
        Assert.Equal((HttpStatusCode.Conflict, "camera.changed-meanwhile"), await FilmedProduct.PutAsync(system, "cam-1", FilmedProduct.Draft(revision: 1)));
        Assert.Equal((HttpStatusCode.NotFound, "camera.unknown"), await FilmedProduct.PutAsync(system, "cam-2", FilmedProduct.Draft(revision: 1)));

        await filmed.Product.RestartAsync();
        var registry = filmed.Product.Services.GetRequiredService<CameraRegistry>();
        Assert.Equal(("officer-2", 2L, true), (registry.Find("cam-1")!.OfficerId, registry.Find("cam-1")!.Revision, registry.Find("cam-1")!.HasSecret));
        Assert.Equal(Secret, registry.SecretOf("cam-1")); // Left out of a change, it stays.

        using var again = await filmed.Product.ClientOfAsync(Role.SystemAdministrator);
        Assert.Equal(HttpStatusCode.Conflict, (await again.DeleteAsync(Route("/api/v1/cameras/devices/cam-1?revision=1"), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await again.DeleteAsync(Route("/api/v1/cameras/devices/cam-1?revision=2"), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await again.DeleteAsync(Route("/api/v1/cameras/devices/cam-1?revision=2"), Token)).StatusCode);
        Assert.Empty(registry.All);
    }

    [Fact]
    public async Task A_secret_is_on_no_page_in_no_answer_in_no_trace_and_not_readable_on_the_disk()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-1");
        using var system = await filmed.Product.ClientOfAsync(Role.SystemAdministrator);
        using var command = await filmed.Product.ClientOfAsync(Role.CommandStaff);
        using var auditor = await filmed.Product.ClientOfAsync(Role.Auditor);

        string[] said =
        [
            await system.GetStringAsync(Route("/cameras/devices"), Token),
            await command.GetStringAsync(Route("/api/v1/cameras"), Token),
            await auditor.GetStringAsync(Route("/api/v1/trail?action=camera."), Token),
        ];

        Assert.All(said, static text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.Contains("camera.registered", said[2], StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.9", said[1] + said[2], StringComparison.Ordinal); // Nor where the camera is.
        Assert.Equal(Secret, filmed.Feeds.Secrets["cam-1"]); // Whoever fetches the pictures knows it.
        Assert.DoesNotContain(Secret, new CameraDraft("c", "o", "n", "k", "m", null, null, Secret, false, true, null).ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(filmed.Product.DataDirectory, "access"), "cameras.db*"))
        {
            using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(bytes, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(Secret, await text.ReadToEndAsync(Token), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("id", "Cam_1", "camera.id-invalid")]
    [InlineData("court", "沪9999", "camera.court-unknown")]
    [InlineData("officer", "a b", "camera.officer-invalid")]
    [InlineData("officer", null, "camera.officer-invalid")]
    [InlineData("name", "", "camera.name-invalid")]
    [InlineData("name", "a\u0007b", "camera.name-invalid")]
    [InlineData("kind", "carrier-pigeon", "camera.kind-unknown")]
    [InlineData("main", "", "camera.address")]
    [InlineData("main", "http://10.0.0.9/x", "camera.address-scheme")]
    [InlineData("main", "rtsp://viewer:word@10.0.0.9/x", "camera.address-user")]
    [InlineData("main", "rtsp://10.0.0.9/x ! filesink location=x", "camera.address")]
    [InlineData("sub", "file:///etc/passwd", "camera.address-scheme")]
    [InlineData("secret", "a\nb", "camera.password")]
    public void What_cannot_be_a_camera_is_refused_with_a_stable_code(string field, string? value, string code)
    {
        var draft = FilmedProduct.Draft();
        var id = "cam-1";
        if (field == "id")
        {
            id = value!;
        }
        else
        {
            draft[field] = value;
        }

        var (device, refusal) = CameraDrafts.Check(
            id,
            new CameraDraft(
                (string?)draft["court"], (string?)draft["officer"], (string?)draft["name"], (string?)draft["kind"], (string?)draft["main"], (string?)draft["sub"], (string?)draft["user"],
                (string?)draft["secret"], false, true, null),
            (string?)draft["secret"],
            ShippedConfig.Courts);

        Assert.Equal((null, code), (device, refusal));
        Assert.NotEqual(code, CameraTexts.Refusal(code, WallLanguage.Zh)); // And there are words for it.
    }

    [Fact]
    public async Task The_administrator_registers_changes_and_removes_by_forms_without_a_script()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        using var browser = new DeviceForms(filmed.Product, await SignedIn.BeginAsync(filmed.Product.Services, Role.SystemAdministrator, cancellationToken: Token));

        var page = await browser.SendAsync("register", new()
        {
            ["id"] = "cam-1",
            ["officer"] = "officer-1",
            ["court"] = FilmedProduct.Own,
            ["name"] = "胸针 <1>",
            ["kind"] = "rtsp-pull",
            ["main"] = "rtsp://10.0.0.9/main",
            ["secret"] = Secret,
            ["enabled"] = "true",
        });
        Assert.Contains("已保存 cam-1。", page, StringComparison.Ordinal);
        Assert.Contains("胸针 &lt;1&gt;", page, StringComparison.Ordinal);

        page = await browser.SendAsync("change-cam-1", new()
        {
            ["act"] = "save",
            ["revision"] = "1",
            ["officer"] = "officer-9",
            ["court"] = FilmedProduct.Own,
            ["name"] = "胸针 2",
            ["kind"] = "rtsp-pull",
            ["main"] = "http://10.0.0.9",
        });
        Assert.Contains("未保存：地址的协议与接入方式不符。", page, StringComparison.Ordinal);
        Assert.Contains("officer-9", page, StringComparison.Ordinal); // What was typed is still there.

        page = await browser.SendAsync("change-cam-1", new()
        {
            ["act"] = "save",
            ["revision"] = "1",
            ["officer"] = "officer-9",
            ["court"] = FilmedProduct.Own,
            ["name"] = "胸针 2",
            ["kind"] = "rtsp-pull",
            ["main"] = "rtsp://10.0.0.9/b",
        });
        Assert.Contains("已保存 cam-1。", page, StringComparison.Ordinal);
        var device = filmed.Product.Services.GetRequiredService<CameraRegistry>().Find("cam-1")!;
        Assert.Equal(("officer-9", false, true, 2L), (device.OfficerId, device.IsEnabled, device.HasSecret, device.Revision));

        page = await browser.SendAsync("change-cam-1", new() { ["act"] = "remove", ["revision"] = "2" });
        Assert.Contains("已删除 cam-1。", page, StringComparison.Ordinal);

        using var auditor = await filmed.Product.ClientOfAsync(Role.Auditor);
        var trail = await auditor.GetFromJsonAsync<JsonElement>(Route("/api/v1/trail?action=camera."), Token);
        Assert.Equal(["camera.removed", "camera.changed", "camera.registered"], trail.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("action").GetString()));
        Assert.Equal("officer,name,main,enabled", trail.GetProperty("items")[1].GetProperty("detail").GetProperty("changed").GetString());
    }

    [Fact]
    public async Task Each_sees_the_cameras_of_his_scope_and_a_foreign_court_is_answered_as_one_that_does_not_exist()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-own");
        await filmed.RegisterAsync("cam-else", FilmedProduct.Elsewhere);
        using var command = await filmed.Product.ClientOfAsync(Role.CommandStaff);
        using var chief = await filmed.Product.ClientOfAsync(Role.CourtChief, FilmedProduct.Own);

        Assert.Equal(["cam-else", "cam-own"], (await IdsAsync(command, "")).Order(StringComparer.Ordinal));
        Assert.Equal(["cam-own"], await IdsAsync(chief, ""));
        Assert.Equal(["cam-own"], await IdsAsync(chief, "?court=" + Uri.EscapeDataString(FilmedProduct.Own)));
        Assert.Equal(HttpStatusCode.Forbidden, (await chief.GetAsync(Route("/api/v1/cameras?court=" + Uri.EscapeDataString(FilmedProduct.Elsewhere)), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await chief.GetAsync(Route("/api/v1/cameras?court=%E6%B2%AA9999"), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await chief.GetAsync(Route("/cameras?court=" + Uri.EscapeDataString(FilmedProduct.Elsewhere)), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await command.GetAsync(Route("/api/v1/cameras?court=%E6%B2%AA9999"), Token)).StatusCode);
    }

    [Fact]
    public async Task A_list_says_state_since_when_and_what_was_measured_and_why_there_is_no_video()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-1");
        using var command = await filmed.Product.ClientOfAsync(Role.CommandStaff);
        filmed.Feeds.Film(H264Clip.MadeUp(15, 15, 1_000), 15);

        var camera = await EventuallyAsync(command, static camera => camera.GetProperty("state").GetString() == "live");
        Assert.Equal(("officer-1", FilmedProduct.Own, 15L), (camera.GetProperty("officer").GetString(), camera.GetProperty("court").GetString(), camera.GetProperty("sub").GetProperty("pictures").GetInt64()));

        _ = await EventuallyAsync(command, static camera => camera.GetProperty("state").GetString() == "stalled"); // Nothing more comes.
        _ = await EventuallyAsync(command, static camera => camera.GetProperty("state").GetString() == "lost");
        filmed.Feeds.OffReason = "gateway-off";
        camera = await EventuallyAsync(command, static camera => camera.GetProperty("state").GetString() == "off");
        Assert.Equal("gateway-off", camera.GetProperty("reason").GetString());
        var answer = await command.GetFromJsonAsync<JsonElement>(Route("/api/v1/cameras"), Token);
        Assert.Equal(("off", "gateway-off"), (answer.GetProperty("video").GetString(), answer.GetProperty("reason").GetString()));
    }

    [Fact]
    public void Both_languages_have_every_word_and_none_is_empty() => Assert.All(CameraTexts.Keys, static key =>
    {
        Assert.NotEmpty(CameraTexts.Of(key, WallLanguage.Zh));
        Assert.NotEmpty(CameraTexts.Of(key, WallLanguage.En));
    });

    [Fact]
    public void A_file_of_another_format_stops_the_start_and_is_left_as_it_is()
    {
        using var data = new TemporaryDirectory();
        _ = Directory.CreateDirectory(Path.Combine(data.Path, "access"));
        using (var other = new SqliteConnection($"Data Source={Path.Combine(data.Path, "access", CameraDatabase.FileName)};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE cameras (id TEXT)";
            _ = command.ExecuteNonQuery();
        }

        Assert.Contains("another format", Assert.Throws<CommandCenter.Web.Hosting.ConfigurationException>(() => CameraDatabase.Open(data.Path)).Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> EventuallyAsync(HttpClient client, Func<JsonElement, bool> isSo)
    {
        JsonElement camera = default;
        await Eventually.TrueAsync(
            "the camera to be so",
            TimeSpan.FromSeconds(20),
            async token =>
            {
                camera = (await client.GetFromJsonAsync<JsonElement>(Route("/api/v1/cameras"), token)).GetProperty("cameras")[0];
                return isSo(camera);
            },
            Token);
        return camera;
    }

    private static async Task<IEnumerable<string>> IdsAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<JsonElement>(Route("/api/v1/cameras" + query), Token)).GetProperty("cameras").EnumerateArray().Select(static camera => camera.GetProperty("id").GetString()!);

    private static Uri Route(string path) => new(path, UriKind.Relative);
}
