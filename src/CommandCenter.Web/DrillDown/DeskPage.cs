using System.Globalization;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.DrillDown;

/// <summary>What every desk page begins with: who looks, what he may see, how the page looks, and its nonce. Then it asks its own question, once.</summary>
/// <remarks>Desk pages are plain documents whose URL is their state. A fault of the question gives the answer its status.</remarks>
public abstract class DeskPage : ComponentBase
{
    /// <summary>Who looks.</summary>
    private protected Viewer Viewer { get; private set; } = null!;

    /// <summary>What he may see.</summary>
    private protected ViewScope Seen { get; private set; } = null!;

    /// <summary>How the page looks.</summary>
    private protected PageLook Look { get; private set; }

    /// <summary>Marks the scripts of this answer as ours.</summary>
    private protected string Nonce { get; private set; } = "";

    /// <summary>What is wrong with the question; <see langword="null"/> while nothing is.</summary>
    private protected QueryFault? Fault { get; private set; }

    /// <summary>Whether the question was answered. A rendering before that is never sent.</summary>
    private protected bool IsAnswered { get; private set; }

    [Inject]
    private protected GrainHost Grains { get; set; } = null!;

    [Inject]
    private protected AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private protected HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected sealed override async Task OnInitializedAsync()
    {
        Viewer = Viewer.Of(Http.User)!;
        Seen = ViewScope.Of(Viewer, Grains.Courts);
        Look = PageLook.Of(Http.Request);
        Nonce = ContentPolicy.Apply(Http);
        Fault = await AskAsync(Http.RequestAborted);
        IsAnswered = true;
        if (Fault is not null)
        {
            DeskFault.Answer(Http, Fault);
        }
    }

    /// <summary>Asks what the page shows; returns what is wrong with the question.</summary>
    private protected abstract Task<QueryFault?> AskAsync(CancellationToken cancellationToken);

    /// <summary>A court as the wall names it.</summary>
    private protected string NameOf(Court court) => DeskNames.Of(court, Look.Language);

    /// <summary>A court by its mark; the mark itself when the tree does not have it any more.</summary>
    private protected string NameOf(string mark) => Grains.Courts.TryFind(mark, out var court) ? NameOf(court) : mark;

    /// <summary>A node by its code; the code itself when the catalogue does not have it any more.</summary>
    private protected string NodeName(string? code) =>
        code is null ? "" : Grains.Nodes.TryFind(code, out var node) ? Look.IsEnglish ? node.NameEn : node.NameZh : code;

    /// <summary>A word of <see cref="DrillTexts"/>.</summary>
    private protected string T(string key) => DrillTexts.Of(key, Look.Language);

    /// <summary>The same with values in it.</summary>
    private protected string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);
}
