using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.DrillDown;

/// <summary>What the host calls so that figures of a wall open their lists.</summary>
internal static class DrillRegistration
{
    /// <summary>Where a wall's links lead: it knows the figure and the court, and only here, when somebody goes, which day is today.</summary>
    public static void MapDrill(this IEndpointRouteBuilder routes) =>
        _ = routes.MapGet("/drill/{figure}", (string figure, string? scope, Viewer viewer, HttpContext http, GrainHost grains, TimeProvider time) =>
        {
            var (court, outside) = ViewScope.Of(viewer, grains.Courts).Find(scope);
            if (court is null)
            {
                return outside!.ToResult();
            }

            return Drill.UrlOf(figure, court.Mark, Drill.Today(time)) is { } url
                ? Results.LocalRedirect(PageLook.Of(http.Request).Url(url))
                : Problems.Of(StatusCodes.Status404NotFound, "query.no-such-figure", "No list lies behind a figure of this name.");
        }).Needs(Right.Cases).ExcludeFromDescription();
}
