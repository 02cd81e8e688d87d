using System.Net;
using CommandCenter.Web.Access;

namespace CommandCenter.Web.Tests.Trail;

public sealed class LostHeadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trace_whose_end_is_gone_is_an_alarm_on_the_operations_page_and_in_the_metrics()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using (var system = await product.ClientOfAsync(Role.SystemAdministrator))
        {
            Assert.DoesNotContain("lost-head", await system.GetStringAsync(new Uri("/operations", UriKind.Relative), Token), StringComparison.Ordinal);
        }

        Assert.Contains("commandcenter_trail_lost_head 0", await product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token), StringComparison.Ordinal);

        // As if the last hour had been cut off: what was noted beside the key is further than what is there.
        product.BeforeRestart = () => File.WriteAllText(product.DataDirectory + ".audit-key.pem.head", "4242:" + new string('a', 64) + "\n");
        await product.RestartAsync();
        using var again = await product.ClientOfAsync(Role.SystemAdministrator);

        Assert.Contains("record 4,242,", WebUtility.HtmlDecode(await again.GetStringAsync(new Uri("/operations?lang=en", UriKind.Relative), Token)), StringComparison.Ordinal);
        Assert.Contains("id=\"lost-head\"", await again.GetStringAsync(new Uri("/operations", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Contains("commandcenter_trail_lost_head 1", await product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token), StringComparison.Ordinal);
    }
}
