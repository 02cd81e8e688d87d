using System.Net;
using System.Text.Json;

namespace CommandCenter.EndToEnd.Tests.Product;

public sealed class HostTests
{
    private static readonly string[] s_paths = ["health/live", "health/ready", "metrics", "openapi/v1.json", "api/v1/courts", "wall/main"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_server_answers_and_has_made_an_intake_key_that_only_its_owner_reads()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        foreach (var path in s_paths)
        {
            using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.KeyFile));
        Assert.Contains(Path.GetDirectoryName(host.KeyFile)!, host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminated_server_drains_and_ends_with_zero()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([EventLines.Filed(1)], Cancellation);

        Assert.Equal(0, await host.StopGracefullyAsync(Cancellation));
    }

    [Fact]
    public async Task A_data_directory_in_use_is_refused_and_its_owner_goes_on()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);

        await using var second = host.LaunchAnotherOnTheSameData();

        Assert.Equal(3, await second.WaitForExitAsync(TimeSpan.FromSeconds(30), Cancellation));
        Assert.Contains("data.in-use", second.Output, StringComparison.Ordinal);
        await host.PostAsync([EventLines.Filed(1)], Cancellation);
    }

    [Fact]
    public async Task What_was_accepted_is_there_after_kill_9()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([EventLines.Filed(1), EventLines.MoneyReceived(1, payment: 1, 123_45)], Cancellation);
        var before = await WindowsAsync(host);

        await host.Kill9Async(Cancellation);
        await host.RestartAsync(Cancellation);

        Assert.Contains("\"fundsInFen\":12345", before, StringComparison.Ordinal);
        Assert.Equal(before, await WindowsAsync(host));
    }

    /// <summary>The 5-minute windows in which anything came in; an empty one may begin between two questions.</summary>
    private static async Task<string> WindowsAsync(ProductHost host)
    {
        var now = TimeProvider.System.GetUtcNow();
        var query = $"api/v1/rollups?scope=沪0115&from={now.Date.AddDays(-1):yyyy-MM-dd}T00:00:00Z&to={now.Date.AddDays(1):yyyy-MM-dd}T00:00:00Z&step=5m";
        using var json = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri(query, UriKind.Relative), Cancellation));
        return string.Join('\n', json.RootElement.GetProperty("points").EnumerateArray()
            .Where(point => point.GetProperty("received").GetInt64() != 0 || point.GetProperty("fundsInFen").GetInt64() != 0)
            .Select(point => point.GetRawText()));
    }
}
