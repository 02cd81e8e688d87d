using CommandCenter.Web.Accounts.Oidc;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>The first step of signing in. A plain document without the Blazor script: nobody who is not signed in opens a circuit.</summary>
[EnableRateLimiting(SignInLimit.Name)]
public sealed partial class SignInPage
{
    private PageLook _look;
    private string _nonce = "";
    private string? _refusal;
    private string? _failed;
    private bool _isDemonstration;

    /// <summary>Where to go then: a path of ours.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>Why a sign-in with the identity provider came to nothing; a code of ours.</summary>
    [SupplyParameterFromQuery]
    public string? Failed { get; set; }

    /// <summary>The name that was typed.</summary>
    [SupplyParameterFromForm(Name = "name", FormName = "sign-in")]
    public string? Name { get; set; }

    /// <summary>The password that was typed.</summary>
    [SupplyParameterFromForm(Name = "password", FormName = "sign-in")]
    public string? Password { get; set; }

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private IOptions<AccountOptions> Options { get; set; } = null!;

    [Inject]
    private IOptions<OidcOptions> Oidc { get; set; } = null!;

    [Inject]
    private IOptions<ServeOptions> Serve { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _look = PageLook.Of(Http.Request);
        _nonce = ContentPolicy.Apply(Http);
        _failed = OidcCodes.All.FirstOrDefault(code => code == Failed); // Words of ours alone, whatever the address says.
        _isDemonstration = Serve.Value.Demonstration;
    }

    private async Task SubmitAsync()
    {
        var answer = await Desk.TryPasswordAsync(Http, Name ?? "", Password ?? "");
        switch (answer)
        {
            case SignInAnswer.In:
                Navigation.NavigateTo(ReturnPath.Of(To, _look));
                break;
            case SignInAnswer.CodeWanted:
                Navigation.NavigateTo(_look.Url(ReturnPath.Keep(AccountPaths.Code, To)));
                break;
            default:
                _refusal = AccountTexts.Format("sign-in.refused", _look.Language, Options.Value.TriesMax, (int)Options.Value.LockLength.TotalMinutes);
                break;
        }
    }

    private string UrlOf(PageLook look) => look.Url(ReturnPath.Keep(AccountPaths.SignIn, To));

    private string T(string key) => AccountTexts.Of(key, _look.Language);
}
