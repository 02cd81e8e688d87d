using CommandCenter.Web.DrillDown;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Wall.Panels;

/// <summary>What a panel draws its first picture from.</summary>
/// <param name="View">The figures in words.</param>
/// <param name="Panel">The panel as the wall file places it.</param>
/// <param name="Language">Language of the page.</param>
internal sealed record PanelContext(WallView View, PanelDefinition Panel, WallLanguage Language);

/// <summary>A panel draws its headings, what stands still, and what it can of the first picture; its script repaints the rest.</summary>
public abstract class PanelBase : ComponentBase
{
    [CascadingParameter]
    private protected PanelContext Context { get; set; } = null!;

    private protected WallView View => Context.View;

    /// <summary>A figure's name for <c>wall-drill.js</c> when a list lies behind it.</summary>
    private protected static string? DrillOf(string figure) => Drill.Has(figure) ? figure : null;

    private protected PanelDefinition Panel => Context.Panel;

    private protected WallLanguage Language => Context.Language;

    /// <summary>A text of the wall.</summary>
    private protected string T(string key) => WallTexts.Of(key, Language);

    /// <summary>The mark of the recount beside a figure of the city; its script finds it by <c>data-recount</c>.</summary>
    private protected RenderFragment Recount(string key, bool withText = true) => builder =>
    {
        var mark = View.Marks.Of(key);
        Begin(builder, mark);
        builder.AddAttribute(5, "data-recount", key);
        Shape(builder, mark);
        if (withText)
        {
            builder.OpenElement(20, "span");
            builder.AddContent(21, mark.Text);
            builder.CloseElement();
        }

        builder.CloseElement();
    };

    /// <summary>The mark of the recount beside a figure of a court.</summary>
    private protected RenderFragment CourtMark(string courtMark, string figure) => builder =>
    {
        var mark = View.Marks.Of($"{courtMark}/{figure}");
        Begin(builder, mark);
        Shape(builder, mark);
        builder.CloseElement();
    };

    private static void Begin(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, MarkView mark)
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "recount");
        builder.AddAttribute(2, "data-mark", mark.State);
        builder.AddAttribute(3, "title", mark.Title);
        builder.AddAttribute(4, "role", "img");
        builder.AddAttribute(6, "aria-label", mark.Title);
    }

    private static void Shape(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, MarkView mark)
    {
        builder.OpenElement(10, "svg");
        builder.AddAttribute(11, "class", "mark");
        builder.AddAttribute(12, "aria-hidden", "true");
        builder.OpenElement(13, "use");
        builder.AddAttribute(14, "href", "#mark-" + mark.State);
        builder.CloseElement();
        builder.CloseElement();
    }
}
