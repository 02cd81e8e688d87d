using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.RateLimiting;

namespace CommandCenter.Web.Accounts;

/// <summary>The second step of signing in.</summary>
[EnableRateLimiting(SignInLimit.Name)]
public sealed partial class CodePage
{
    private PageLook _look;
    private bool _isOver;
    private bool _isRefused;

    /// <summary>Where to go then: a path of ours.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>The code that was typed.</summary>
    [SupplyParameterFromForm(Name = "code", FormName = "code")]
    public string? Code { get; set; }

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _look = PageLook.Of(Http.Request);
        _isOver = !await SignInDesk.IsHalfInAsync(Http);
    }

    private async Task SubmitAsync()
    {
        if (await Desk.TryCodeAsync(Http, Code ?? "") == SignInAnswer.In)
        {
            Navigation.NavigateTo(ReturnPath.Of(To, _look));
            return;
        }

        _isRefused = true;
    }

    private string UrlOf(PageLook look) => look.Url(ReturnPath.Keep(AccountPaths.Code, To));

    private string T(string key) => AccountTexts.Of(key, _look.Language);
}
