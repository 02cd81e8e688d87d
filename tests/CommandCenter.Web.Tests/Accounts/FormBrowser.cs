using System.Net;
using System.Text.RegularExpressions;

namespace CommandCenter.Web.Tests.Accounts;

/// <summary>A browser with cookies that fills in the sign-in form; it follows no redirections.</summary>
internal sealed partial class FormBrowser(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, string Page, string? To)> SignInAsync(string name, string password, string query = "")
    {
        var route = new Uri("/sign-in" + query, UriKind.Relative);
        var token = AntiforgeryToken().Match(await _client.GetStringAsync(route, Token)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(
            [new("_handler", "sign-in"), new("__RequestVerificationToken", token), new("name", name), new("password", password)]);
        using var answer = await _client.PostAsync(route, form, Token);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), answer.Headers.Location is { } to ? (to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString) : null);
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return answer.StatusCode;
    }

    /// <summary>A page without what differs from one rendering to the next.</summary>
    public static string WithoutTokens(string page) => Changing().Replace(page, "");

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();

    [GeneratedRegex("value=\"[^\"]{20,}\"|nonce=\"[^\"]*\"|<!--Blazor[^>]*-->")]
    private static partial Regex Changing();
}
