using System.Text.RegularExpressions;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>The page of registered cameras in a browser without scripts: it reads the form's token and sends what a person typed.</summary>
internal sealed partial class DeviceForms : IDisposable
{
    private static readonly Uri s_page = new("/cameras/devices", UriKind.Relative);

    private readonly HttpClient _client;
    private readonly string _session;
    private string _form = "";

    public DeviceForms(ProductUnderTest product, string session)
    {
        _client = product.Stranger();
        _session = session;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends one of its forms.</summary>
    /// <returns>The page that answers, decoded.</returns>
    public async Task<string> SendAsync(string form, Dictionary<string, string> fields)
    {
        fields["__RequestVerificationToken"] = TokenPattern().Match(await GetAsync()).Groups[1].Value;
        fields["_handler"] = form;
        using var request = new HttpRequestMessage(HttpMethod.Post, s_page) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", $"{_session}; {_form}");
        using var answer = await _client.SendAsync(request, Token);
        var page = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {page}");
        return NumberedLetter().Replace(page, static match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> GetAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, s_page);
        request.Headers.Add("Cookie", _form.Length > 0 ? $"{_session}; {_form}" : _session);
        using var answer = await _client.SendAsync(request, Token);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.FirstOrDefault(static cookie => cookie.StartsWith("cc-form=", StringComparison.Ordinal)) is { } form)
        {
            _form = form.Split(';')[0];
        }

        return await answer.Content.ReadAsStringAsync(Token);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();

    [GeneratedRegex("&#x([0-9A-Fa-f]{2,4});")]
    private static partial Regex NumberedLetter();
}
