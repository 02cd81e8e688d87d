using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Accounts;

/// <summary>What the security administrator works with: who may sign in, as what. It shows no case.</summary>
public sealed partial class AccountsPage
{
    private static readonly Role[] s_roles = [.. Enum.GetValues<Role>().Where(RoleRights.IsPerson)];

    private PageLook _look;
    private Viewer _viewer = null!;
    private bool _isLoaded;
    private GivenAccess? _given;
    private string? _refusal;
    private IReadOnlyList<Account> _accounts = [];
    private IReadOnlySet<string> _awaiting = new HashSet<string>();

    /// <summary>Of the new account: what is typed to sign in.</summary>
    [SupplyParameterFromForm(Name = "name", FormName = "create")]
    public string? NewName { get; set; }

    /// <summary>Of the new account: what colleagues read.</summary>
    [SupplyParameterFromForm(Name = "display", FormName = "create")]
    public string? NewDisplay { get; set; }

    /// <summary>Of the new account: its role.</summary>
    [SupplyParameterFromForm(Name = "role", FormName = "create")]
    public string? NewRole { get; set; }

    /// <summary>Of the new account: its court.</summary>
    [SupplyParameterFromForm(Name = "court", FormName = "create")]
    public string? NewCourt { get; set; }

    /// <summary>Of the new account: the handler's name in cases.</summary>
    [SupplyParameterFromForm(Name = "handler", FormName = "create")]
    public string? NewHandler { get; set; }

    [Inject]
    private AccountDesk Desk { get; set; } = null!;

    [Inject]
    private SessionBook Sessions { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _look = PageLook.Of(Http.Request);
        _ = ContentPolicy.Apply(Http);
        _viewer = Viewer.Of(Http.User)!;
        await LookAsync();
        _isLoaded = true;
    }

    private async Task LookAsync()
    {
        _awaiting = await Desk.AwaitingAsync(Http.RequestAborted);
        _accounts = [.. (await Desk.ListAsync(Http.RequestAborted)).OrderByDescending(account => _awaiting.Contains(account.Id))]; // Who waits for an answer, first.
    }

    private async Task CreateAsync()
    {
        (_given, _refusal) = Enum.TryParse<Role>(NewRole, out var role)
            ? await Desk.CreateAsync(new NewAccount((NewName ?? "").Trim(), (NewDisplay ?? "").Trim(), role, Filled(NewCourt), Filled(NewHandler)))
            : (null, "account.role-invalid");
        if (_given is not null)
        {
            (NewName, NewDisplay, NewHandler) = (null, null, null);
        }

        await LookAsync();
    }

    private async Task ActAsync(Account account)
    {
        // By the form that was sent; its name is bound to the account, its buttons say what.
        switch (Http.Request.Form["act"].ToString())
        {
            case "reset":
                (_given, _refusal) = await Desk.GivePasswordAsync(_viewer, account.Id, Http.RequestAborted);
                break;
            case "end":
                _refusal = await Desk.EndSessionsAsync(_viewer, account.Id, Http.RequestAborted);
                break;
            case "unlock":
                _refusal = await Desk.UnlockAsync(_viewer, account.Id);
                break;
            case "disable":
                _refusal = await Desk.SetDisabledAsync(_viewer, account.Id, isDisabled: true, Http.RequestAborted);
                break;
            case "enable":
                _refusal = await Desk.SetDisabledAsync(_viewer, account.Id, isDisabled: false, Http.RequestAborted);
                break;
        }

        await LookAsync();
    }

    private string StateOf(Account account) =>
        account.IsDisabled ? _awaiting.Contains(account.Id) ? "awaiting" : "disabled"
        : account.LockoutEnd > Time.GetUtcNow() ? "resting"
        : account.MustChangePassword ? "new"
        : "ok";

    private string CourtName(string? mark) => mark is null ? "" : Grains.Courts.TryFind(mark, out var court) ? DeskNames.Of(court, _look.Language) : mark;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string UrlOf(PageLook look) => look.Url(AccountPaths.All);

    private string T(string key) => AccountTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => AccountTexts.Format(key, _look.Language, values);
}
