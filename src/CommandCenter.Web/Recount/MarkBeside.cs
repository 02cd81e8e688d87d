using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Recount;

/// <summary>The mark of the recount beside a figure of a page: quiet while all is well, in words for everybody as soon as it is not.</summary>
internal static class MarkBeside
{
    /// <summary>The mark; nothing beside a figure that the recount does not count.</summary>
    /// <param name="figure">What the figure is called on the page.</param>
    /// <param name="mark">What the recount says of it.</param>
    public static RenderFragment Of(string figure, MarkView? mark) => builder =>
    {
        if (mark is not null)
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", "proof");
            builder.AddAttribute(2, "data-proof", mark.State);
            builder.AddAttribute(3, "data-proof-of", figure);
            builder.AddAttribute(4, "title", mark.Title);
            builder.AddAttribute(5, "role", "img");
            builder.AddAttribute(6, "aria-label", mark.Title);
            builder.CloseElement();
        }
    };
}
