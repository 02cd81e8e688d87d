using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.DrillDown;

/// <summary>The status of a case: a shape and a word; colour only helps.</summary>
internal static class CaseStatusMark
{
    /// <summary>Every status with its shape.</summary>
    public static IReadOnlyDictionary<string, string> Shapes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["open"] = "○",
        ["suspended"] = "‖",
        ["closed"] = "✓",
        ["moved"] = "→",
        ["overdue"] = "▲",
    };

    public static RenderFragment Of(string status, WallLanguage language) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "status " + status);
        builder.OpenElement(2, "span");
        builder.AddAttribute(3, "class", "shape");
        builder.AddAttribute(4, "aria-hidden", "true");
        builder.AddContent(5, Shapes[status]);
        builder.CloseElement();
        builder.AddContent(6, DrillTexts.Of("status." + status, language));
        builder.CloseElement();
    };
}
