using System.Globalization;
using System.Text;

namespace CommandCenter.Web.Wall;

/// <summary>The wall file as a style sheet: where each panel stands and which slice of the canvas an output shows.</summary>
internal static class WallStyle
{
    private const double DesignPixelsPerRem = 100;

    /// <param name="scenes">The scenes of the page.</param>
    /// <param name="head">The slice; <see langword="null"/> for the whole canvas.</param>
    public static string Of(IReadOnlyList<SceneDefinition> scenes, WallRectangle? head)
    {
        var css = new StringBuilder();
        foreach (var scene in scenes)
        {
            for (var i = 0; i < scene.Panels.Count; i++)
            {
                var panel = scene.Panels[i];
                _ = css.Append(CultureInfo.InvariantCulture, $"[data-scene=\"{scene.Id}\"] > :nth-child({i + 1})")
                    .Append(CultureInfo.InvariantCulture, $"{{--x:{Rem(panel.X)};--y:{Rem(panel.Y - WallCanvas.TopBar)};--w:{Rem(panel.Width)};--h:{Rem(panel.Height)};--scale:{panel.Scale}}}\n");
            }
        }

        if (head is not null)
        {
            // The canvas keeps its size and its place; the output looks at it through a window.
            _ = css.Append(CultureInfo.InvariantCulture, $"html{{font-size:min(100vw / {head.Width / DesignPixelsPerRem}, 100vh / {head.Height / DesignPixelsPerRem}) !important}}\n")
                .Append(CultureInfo.InvariantCulture, $".wall{{inset:auto !important;left:{Rem(-head.X)} !important;top:{Rem(-head.Y)} !important}}\n");
        }

        return css.ToString();
    }

    private static string Rem(int designPixels) => (designPixels / DesignPixelsPerRem).ToString(CultureInfo.InvariantCulture) + "rem";
}
