using CommandCenter.Web.Access;

namespace CommandCenter.Web.Tests.Components;

/// <summary>Nobody may take the figures of a demonstration for a court's.</summary>
public sealed class MadeUpTests
{
    private const string Badge = "class=\"made-up\"";

    private static readonly string[] s_paths = ["/", "/cases", "/funds?direction=in", "/search", "/overview", "/tablet", "/operations", "/account"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_page_says_that_its_figures_are_made_up_and_only_where_they_are(bool isDemonstration)
    {
        await using var product = await ProductUnderTest.StartAsync(options => options.Demonstration = isDemonstration);
        using var client = await product.ClientOfAsync(Role.CommandStaff);
        foreach (var path in s_paths)
        {
            Assert.Equal(isDemonstration, (await client.GetStringAsync(new Uri(path, UriKind.Relative), Token)).Contains(Badge, StringComparison.Ordinal));
        }

        // A wall has its badge in its bar.
        var wall = await client.GetStringAsync(new Uri("/wall/main", UriKind.Relative), Token);
        Assert.DoesNotContain(Badge, wall, StringComparison.Ordinal);
        Assert.Equal(!isDemonstration, wall.Contains("id=\"demonstration\" hidden", StringComparison.Ordinal));
    }
}
