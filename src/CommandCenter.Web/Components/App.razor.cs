using System.Globalization;
using System.Reflection;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Components;

/// <summary>The document around every page: language, content security policy, and the Blazor script where a page needs it.</summary>
public sealed partial class App
{
    private string _nonce = "";
    private WallLanguage _language;
    private string _theme = "";
    private bool _interactive;
    private bool _isMadeUp;
    private string? _head;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private IOptions<ServeOptions> Serve { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _nonce = ContentPolicy.Apply(Http);
        var look = PageLook.Of(Http.Request);
        _language = look.Language;

        // A wall, the index and a log-in page are plain documents. Loading the script there would open a circuit for nothing.
        var page = Http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        _interactive = page?.GetCustomAttribute<RenderModeAttribute>() is not null;

        // Every screen of a demonstration says so. A wall has its badge in its bar, and a part of a picture stays a part of a picture.
        _isMadeUp = Serve.Value.Demonstration && page != typeof(WallPage);

        // An output of a wall shows a slice of the canvas, whatever its own shape: it is never laid out as a desk.
        _head = page == typeof(WallPage) && int.TryParse(Http.Request.Query["head"], out var head) && head > 0 ? head.ToString(CultureInfo.InvariantCulture) : null;

        // A wall is dark unless somebody asks; a desk is as its owner has set it.
        _theme = look.Theme ?? (page == typeof(WallPage) ? PageLook.Dark : PageLook.Auto);
    }
}
