using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Wall.Heads;

/// <summary>Which pages follow a wall, for people, and for the watch of a wall computer.</summary>
internal static class HeadEndpoints
{
    public static void MapWallHeads(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/walls/{id}/heads");
        _ = api.MapGet("", (string id, WallCatalog catalog, WallHeads heads) => All(id, catalog, heads))
            .Needs(Right.Walls).Produces<HeadStatus[]>().ProducesProblem(404).WithSummary("The pages that follow a wall: what each shows, how often it paints, and by how much outputs differ.");
        _ = api.MapGet("/{number:int}", (string id, int number, WallCatalog catalog, WallHeads heads) => One(id, number, catalog, heads))
            .Needs(Right.Walls).Produces<HeadStatus>().ProducesProblem(404).ProducesProblem(503).WithSummary("Whether an output of a wall is alive: 200 when a page shows it and said so within four seconds, else 503.");
    }

    private static IResult All(string id, WallCatalog catalog, WallHeads heads) => catalog.Find(id) is null ? UnknownWall(id) : Results.Ok(heads.Of(id));

    private static IResult One(string id, int number, WallCatalog catalog, WallHeads heads)
    {
        if (catalog.Find(id) is not { } wall)
        {
            return UnknownWall(id);
        }

        if (number < 0 || number > wall.Heads.Count)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "wall.head-unknown", $"Wall {id} has {wall.Heads.Count} outputs; 0 is a page that shows the whole canvas.");
        }

        var status = heads.Of(id).Where(head => head.Number == number).MinBy(static head => head.State == HeadStatus.Silent);
        return status switch
        {
            null => Problems.Of(StatusCodes.Status503ServiceUnavailable, "wall.head-absent", $"No page shows output {number} of wall {id}."),
            { State: HeadStatus.Silent } => Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "wall.head-silent", $"The page of output {number} of wall {id} is connected and has said nothing for {WallHeads.SilentAfter.TotalSeconds:0} s."),
            _ => Results.Ok(status),
        };
    }

    private static IResult UnknownWall(string id) => Problems.Of(StatusCodes.Status404NotFound, "wall.unknown", $"No file describes a wall {id}.");
}
