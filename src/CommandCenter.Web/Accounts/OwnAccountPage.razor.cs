using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using QRCoder;

namespace CommandCenter.Web.Accounts;

/// <summary>What somebody does with his own account: password, second factor, sessions, signing out.</summary>
public sealed partial class OwnAccountPage
{
    private const string Issuer = "CommandCenter";
    private const int RecoveryCodes = 10;
    private const int PixelsPerModule = 4;

    private PageLook _look;
    private Viewer _viewer = null!;
    private Account? _account;
    private string? _notice;
    private bool _isRefused;
    private int _codesLeft;
    private string _key = "";
    private string _picture = "";
    private IReadOnlyList<string> _codes = [];
    private IReadOnlyList<LiveSession> _sessions = [];

    /// <summary>The present password.</summary>
    [SupplyParameterFromForm(Name = "old", FormName = "password")]
    public string? Old { get; set; }

    /// <summary>The new one.</summary>
    [SupplyParameterFromForm(Name = "new", FormName = "password")]
    public string? New { get; set; }

    /// <summary>The new one once more.</summary>
    [SupplyParameterFromForm(Name = "again", FormName = "password")]
    public string? Again { get; set; }

    /// <summary>The first code of a new second factor.</summary>
    [SupplyParameterFromForm(Name = "code", FormName = "factor")]
    public string? Code { get; set; }

    [Inject]
    private UserManager<Account> Users { get; set; } = null!;

    [Inject]
    private SessionBook Sessions { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private AuditTrail Trail { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private IOptions<AccountOptions> Options { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string CourtName => Grains.Courts.TryFind(_viewer.CourtMark!, out var court) ? DeskNames.Of(court, _look.Language) : _viewer.CourtMark!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _look = PageLook.Of(Http.Request);
        _ = ContentPolicy.Apply(Http);
        _viewer = Viewer.Of(Http.User)!;
        var account = await Users.FindByIdAsync(_viewer.Id) ?? throw new InvalidOperationException("A session without an account.");
        if (!account.TwoFactorEnabled)
        {
            if (await Users.GetAuthenticatorKeyAsync(account) is null)
            {
                _ = await Users.ResetAuthenticatorKeyAsync(account);
            }

            var key = (await Users.GetAuthenticatorKeyAsync(account))!;
            _key = string.Join(' ', key.Chunk(4).Select(static group => new string(group)));
            _picture = PictureOf(string.Create(CultureInfo.InvariantCulture,
                $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(account.UserName!)}?secret={key}&issuer={Issuer}&digits=6"));
        }

        _account = account;
        await LookAsync();
    }

    private async Task LookAsync()
    {
        _codesLeft = await Users.CountRecoveryCodesAsync(_account!);
        _sessions = Sessions.Of(_viewer.Id);
    }

    private async Task ChangePasswordAsync()
    {
        if (New != Again)
        {
            Say("own.password.unequal", isRefused: true);
            return;
        }

        var changed = await Users.ChangePasswordAsync(_account!, Old ?? "", New ?? "");
        if (!changed.Succeeded)
        {
            Say(changed.Errors.Any(static error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)) ? "own.password.wrong" : "account.password-refused", isRefused: true);
            return;
        }

        await Trail.RecordAsync(Http, TrailActions.PasswordChanged, _viewer.Id);
        _account!.MustChangePassword = false;
        _account.PasswordEndsAt = 0;
        _ = await Users.UpdateAsync(_account);
        await Sessions.EndAllAsync(_account.Id, "password-changed", _viewer.Session, Http.RequestAborted);
        await Desk.RenewAsync(Http, _account, _viewer.Session!);
        Say("own.password.done", isRefused: false);
        await LookAsync();
    }

    private async Task ConfirmFactorAsync()
    {
        if (_account!.TwoFactorEnabled || !await Desk.TakeCodeAsync(_account, Code ?? ""))
        {
            Say("own.factor.wrong", isRefused: true);
            return;
        }

        await Trail.RecordAsync(Http, TrailActions.FactorEnabled, _viewer.Id);
        _ = await Users.SetTwoFactorEnabledAsync(_account, true);
        _codes = [.. await Users.GenerateNewTwoFactorRecoveryCodesAsync(_account, RecoveryCodes) ?? []];
        await Desk.RenewAsync(Http, _account, _viewer.Session!);
        await LookAsync();
    }

    private async Task EndAsync(string session)
    {
        if (Sessions.Of(_viewer.Id).Any(own => own.Id == session))
        {
            await Trail.RecordAsync(Http, TrailActions.SessionsEnded, _viewer.Id);
            await Sessions.EndAsync(session, "ended-by-owner", Http.RequestAborted);
        }

        await LookAsync();
    }

    private async Task SignOutAsync()
    {
        await Desk.SignOutAsync(Http);
        Navigation.NavigateTo(_look.Url(AccountPaths.SignIn));
    }

    private void Say(string key, bool isRefused) => (_notice, _isRefused) = (T(key), isRefused);

    private static string PictureOf(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return new SvgQRCode(data).GetGraphic(PixelsPerModule, "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private static string UrlOf(PageLook look) => look.Url(AccountPaths.Own);

    private string T(string key) => AccountTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => AccountTexts.Format(key, _look.Language, values);
}
