using System.Text.Json;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Urging;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Tablet;

/// <summary>掌上指挥: a chief's page in the hand. A plain document and a small script: it opens no circuit, and the document alone can be kept for a time without a network.</summary>
public sealed partial class TabletPage
{
    // Only what this page runs: the browser keeps what it has loaded, and the wall's modules are many.
    private static readonly string[] s_modules = ["tablet-paint", "tablet-store", "tablet-words"];

    private PageLook _look;
    private Viewer _viewer = null!;
    private bool _isChief;
    private string _nonce = "";
    private string _query = "";
    private string _texts = "";
    private string _importMap = "";

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _look = PageLook.Of(Http.Request);
        _viewer = Viewer.Of(Http.User)!;
        _isChief = _viewer.Role != Role.Handler;
        _nonce = ContentPolicy.Apply(Http);
        _query = _look.Url("");
        _importMap = JsonSerializer.Serialize(new { imports = s_modules.ToDictionary(static name => name, name => Files.Modules[name]) });

        // The serializer escapes < and &, so a text cannot end the script element that holds it.
        _texts = JsonSerializer.Serialize(new
        {
            words = TabletTexts.OfScript(_look.Language),
            refused = UrgeTexts.Keys.Where(static key => key.StartsWith(UrgeTexts.RefusedPrefix, StringComparison.Ordinal))
                .ToDictionary(static key => key[UrgeTexts.RefusedPrefix.Length..], key => UrgeTexts.Of(key, _look.Language)),
            signIn = _look.Url(Accounts.AccountPaths.SignIn + "?to=" + Uri.EscapeDataString(_look.Url("/tablet"))),
        });
    }

    private string T(string key) => TabletTexts.Of(key, _look.Language);
}
