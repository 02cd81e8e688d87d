using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Overview;

/// <summary>What the parts of the page have in common: the figures, their words, and the links to the lists behind them.</summary>
public abstract class OverviewPart : ComponentBase
{
    [CascadingParameter]
    private protected OverviewModel Model { get; set; } = null!;

    private protected WallLanguage Language => Model.Look.Language;

    private protected string T(string key) => OverviewTexts.Of(key, Language);

    private protected string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);

    private protected string W(string key) => WallTexts.Of(key, Language);

    /// <summary>The list behind a figure of a scope; <see langword="null"/> when there is none, or none that the viewer may open.</summary>
    private protected string? ListOf(string figure, OverviewScope scope)
    {
        var isMoney = figure.StartsWith("in", StringComparison.Ordinal) || figure.StartsWith("out", StringComparison.Ordinal);
        if (scope.ListMark is not { } mark || !Model.Viewer.Has(isMoney ? Right.Funds : Right.Cases) || (isMoney && scope.Handler is not null)
            || !Drill.Has(figure) || Drill.UrlOf(figure, mark, Model.Today) is not { } url)
        {
            return null;
        }

        return Model.Look.Url(scope.Handler is null ? url : url + "&handler=" + Uri.EscapeDataString(scope.Handler));
    }

    /// <summary>A figure that goes on changing, as a link where there is a list behind it.</summary>
    private protected RenderFragment Live(string key, string? url = null, string? style = null) => builder =>
    {
        var value = Model.Sheet[key];
        builder.OpenElement(0, url is null ? "span" : "a");
        builder.AddAttribute(1, "data-key", key);
        builder.AddAttribute(2, "class", style);
        builder.AddAttribute(3, "title", value.Title);
        builder.AddAttribute(4, "href", url);
        builder.AddContent(5, value.Text);
        builder.CloseElement();
        builder.AddContent(6, Proof(key));
    };

    /// <summary>The mark of the recount beside a figure of the sheet.</summary>
    private protected RenderFragment Proof(string key) => MarkBeside.Of(key, Model.Sheet.MarkOf(key));
}
