using CommandCenter.Web.Access;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Export;

/// <summary>What the host calls so that lists can be taken along as files.</summary>
internal static class ExportRegistration
{
    public static void AddExport(this IServiceCollection services)
    {
        services.AddSingleton<ExportGate>();
        services.AddSingleton<ListExport>();
    }

    public static void MapExport(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/api/v1/cases/export", (HttpContext http, [AsParameters] CaseParameters asked, Viewer viewer, ListExport export) => export.CasesAsync(http, viewer, asked))
            .Needs(Right.Cases).LeavesTrace(TrailActions.CaseExport).ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("The list of cases as a file: format csv or xlsx, lang, and the parameters of the list.");
        _ = routes.MapGet("/api/v1/funds/export", (HttpContext http, [AsParameters] FundsParameters asked, Viewer viewer, ListExport export) => export.FundsAsync(http, viewer, asked))
            .Needs(Right.Funds).LeavesTrace(TrailActions.FundsExport).ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("The list of payments as a file: format csv or xlsx, lang, and the parameters of the list.");
    }
}
