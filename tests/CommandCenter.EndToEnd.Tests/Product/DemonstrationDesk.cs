using System.Text.RegularExpressions;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Product;

/// <summary>The log-ins of a demonstration, one for each role, used through the page of sign-in as anybody would.</summary>
internal sealed partial class DemonstrationDesk(ProductHost host)
{
    /// <summary>Signs a browser in.</summary>
    /// <param name="page">Of a profile in which nobody is signed in.</param>
    /// <param name="name">The name of the log-in, such as <c>command</c>.</param>
    /// <param name="cancellationToken">The test's own token.</param>
    public async Task SignInAsync(IPage page, string name, CancellationToken cancellationToken)
    {
        _ = await page.GotoAsync(new Uri(host.Address, "sign-in").ToString());
        await page.FillAsync("input[name=name]", name);
        await page.FillAsync("input[name=password]", await PasswordAsync(cancellationToken));
        await page.ClickAsync("form button[type=submit]");
        await page.WaitForURLAsync(static url => !url.EndsWith("/sign-in", StringComparison.Ordinal));
    }

    // The line comes with the first breath of the server, and its pipe may be read a little later.
    private async Task<string> PasswordAsync(CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(
            "the demonstration to print its log-ins", TimeSpan.FromSeconds(10), _ => Task.FromResult(Printed().IsMatch(host.Output)), cancellationToken);
        return Printed().Match(host.Output).Groups[1].Value;
    }

    [GeneratedRegex("password of all: (\\S+)")]
    private static partial Regex Printed();
}
