using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Faults;

/// <summary>Disks that are full, closed or rotten.</summary>
public sealed class DiskFaultTests
{
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_events_and_takes_them_again_by_itself_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(Cancellation);
        await using var host = await ProductHost.StartOnAsync(Path.Combine(disk.Path, "data"), Cancellation);
        await using var load = new SteadyLoad(host);
        for (var i = 0; i < 2; i++)
        {
            await load.PassAsync(20, Cancellation);
            disk.Fill();
            await load.BeRefusedAsync(Cancellation);
            disk.MakeRoom();
        }

        await load.PassAsync(20, Cancellation);
        await load.FinishAsync();

        await Truth.HoldsAsync(host, load);
        await host.Kill9Async(Cancellation);
        await host.RestartAsync(Cancellation);
        await Truth.HoldsAsync(host, load);
    }

    [Fact]
    public async Task A_read_only_data_directory_is_refused_at_the_start_and_named()
    {
        await using var disk = await SmallDisk.MountAsync(Cancellation);
        await using var host = await ProductHost.StartOnAsync(Path.Combine(disk.Path, "data"), Cancellation);
        await host.PostAsync([EventLines.Filed(1)], Cancellation);
        Assert.Equal(0, await host.StopGracefullyAsync(Cancellation));
        await disk.MakeReadOnlyAsync(Cancellation);

        await using var again = host.LaunchAnotherOnTheSameData();

        Assert.Equal(3, await again.WaitForExitAsync(s_endLimit, Cancellation));
        Assert.Contains(host.DataDirectory, again.Output, StringComparison.Ordinal);
        Assert.Contains("read-only", again.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_byte_of_the_journal_is_found_and_its_courts_are_refused_while_the_others_go_on()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([EventLines.Filed(1, "沪0101"), EventLines.Filed(2, "沪0115")], Cancellation);
        Assert.Equal(0, await host.StopGracefullyAsync(Cancellation));
        DeleteSnapshots(host);
        Flip(JournalWith(host, "申请人1"), Encoding.UTF8.GetBytes("申请人1"));

        var (code, output) = await Truth.VerifyAsync(host.DataDirectory);
        Assert.NotEqual(0, code);
        Assert.Contains("journal.chain-broken", output, StringComparison.Ordinal);

        await host.RestartAsync(Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(host, EventLines.Filed(3, "沪0101")));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, EventLines.Filed(4, "沪0115")));
    }

    [Fact]
    public async Task A_journal_cut_short_never_starts_as_if_nothing_were_missing()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([.. Enumerable.Range(1, 400).Select(static number => EventLines.Filed(number))], Cancellation);
        Assert.Equal(0, await host.StopGracefullyAsync(Cancellation));
        var journal = JournalWith(host, "申请人1");
        await using (var file = new FileStream(journal, FileMode.Open))
        {
            file.SetLength(file.Length / 2 / 4096 * 4096);
        }

        var (code, output) = await Truth.VerifyAsync(host.DataDirectory);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);

        await using var again = host.LaunchAnotherOnTheSameData();
        Assert.Equal(3, await again.WaitForExitAsync(s_endLimit, Cancellation));
        Assert.Contains("malformed", again.Output, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(Path.GetDirectoryName(journal)!), again.Output, StringComparison.Ordinal);
    }

    private static void DeleteSnapshots(ProductHost host)
    {
        foreach (var file in Directory.EnumerateFiles(host.DataDirectory, "snapshot-*.bin", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }
    }

    private static string JournalWith(ProductHost host, string text) => Directory
        .EnumerateFiles(host.DataDirectory, "journal.db", SearchOption.AllDirectories)
        .Single(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static void Flip(string file, byte[] where)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(where);
        bytes[at + where.Length - 1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static async Task<HttpStatusCode> PostAsync(ProductHost host, string line)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/events")
        {
            Content = new StringContent(line + "\n", Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(host.KeyFile, Cancellation)).Trim());
        using var response = await host.Client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
