using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace CommandCenter.Web.Trail;

/// <summary>What auditors search. Nobody changes it, here or anywhere.</summary>
public sealed partial class TrailPageView
{
    private static readonly string[] s_outcomes = ["done", "denied", "failed"];
    private static readonly IReadOnlyDictionary<string, string> s_none = new Dictionary<string, string>();

    private PageLook _look;
    private TrailParameters _asked = new();
    private TrailPage? _page;
    private QueryFault? _fault;
    private Dictionary<string, string> _names = [];

    [Inject]
    private TrailReading Reading { get; set; } = null!;

    [Inject]
    private IDbContextFactory<AccountsDb> Accounts { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _look = PageLook.Of(Http.Request);
        _ = ContentPolicy.Apply(Http);
        _asked = TrailParameters.Read(Http.Request.Query);
        (_page, _fault) = Reading.Find(_asked, Http.RequestAborted);
        if (_page is not null)
        {
            // The trace has ids alone; who that is, the accounts know.
            var actors = _page.Items.SelectMany(static item => new[] { item.Actor, item.Subject }).OfType<string>().Distinct().ToArray();
            await using var database = await Accounts.CreateDbContextAsync(Http.RequestAborted);
            _names = await database.Users.Where(account => actors.Contains(account.Id)).ToDictionaryAsync(static account => account.Id, static account => account.DisplayName, Http.RequestAborted);
        }
    }

    private string NameOf(string? actor) => actor is null ? "" : _names.GetValueOrDefault(actor, actor);

    private string RoleOf(string? role) => Enum.TryParse<Role>(role, out var known) ? AccountTexts.Of(known, _look.Language) : role ?? "";

    private string UrlOf(PageLook look) => UrlOf(look, _asked.Page);

    private string UrlOf(PageLook look, string? page)
    {
        (string Key, string? Value)[] parts =
        [
            ("from", _asked.From), ("to", _asked.To), ("actor", _asked.Actor), ("action", _asked.Action), ("subject", _asked.Subject), ("outcome", _asked.Outcome), ("page", page),
        ];
        var query = string.Join('&', parts.Where(static part => part.Value is not null).Select(static part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}"));
        return look.Url(query.Length == 0 ? "/trail" : "/trail?" + query);
    }

    private string T(string key) => TrailTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => TrailTexts.Format(key, _look.Language, values);
}
