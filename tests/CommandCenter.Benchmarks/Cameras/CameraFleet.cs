using System.Net.Http.Headers;
using System.Net.Http.Json;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Testing;
using CommandCenter.Web.Cameras;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>The cameras of a server as a script registers them and as a page sees them.</summary>
internal sealed class CameraFleet : IDisposable
{
    private const string Court = "沪";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, long> _revisions = new(StringComparer.Ordinal);
    private readonly HttpClient _script;
    private readonly HttpClient _page;

    public CameraFleet(ServerProcess server)
    {
        _script = ClientOf(server, server.OperateKey);
        _page = ClientOf(server, server.WallKey);
    }

    /// <summary>Registers a camera with both its streams.</summary>
    public async Task AddAsync(string id, string main, string sub)
    {
        var draft = new CameraDraft(Court, "officer-" + id, id, CameraDrafts.NameOf(CameraSourceKind.RtspPull), main, sub, User: null, Secret: null, ClearSecret: false, Enabled: true, Revision: null);
        using var response = await _script.PutAsJsonAsync(RouteOf(id), draft);
        _ = response.EnsureSuccessStatusCode();
        _revisions[id] = (await response.Content.ReadFromJsonAsync<CameraReceipt>())!.Revision;
    }

    public async Task RemoveAsync(string id)
    {
        using var response = await _script.DeleteAsync(RouteOf(id + "?revision=" + _revisions[id]));
        _ = response.EnsureSuccessStatusCode();
        _ = _revisions.Remove(id);
    }

    /// <summary>All cameras with their states and counts, which the server looks at four times a second.</summary>
    public async Task<IReadOnlyList<CameraView>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _page.GetFromJsonAsync<CamerasAnswer>("api/v1/cameras", cancellationToken))!;
        return answer.Video == "on" ? answer.Cameras : throw new InvalidOperationException($"The server takes no pictures: {answer.Reason}");
    }

    /// <summary>Waits until all are in a state.</summary>
    public Task AllAsync(string state) => UntilAsync("all cameras to be " + state, cameras => cameras.All(camera => camera.State == state));

    public Task UntilAsync(string what, Func<IReadOnlyList<CameraView>, bool> isSo) =>
        Eventually.TrueAsync(what, s_patience, async cancellationToken => isSo(await ReadAsync(cancellationToken)), CancellationToken.None);

    public void Dispose()
    {
        _script.Dispose();
        _page.Dispose();
    }

    private static HttpClient ClientOf(ServerProcess server, string key)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static Uri RouteOf(string rest) => new("api/v1/cameras/devices/" + rest, UriKind.Relative);
}
