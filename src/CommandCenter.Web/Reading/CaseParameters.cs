using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Reading;

/// <summary>The parameters of a case list as they stand in a URL, of the API and of the page alike.</summary>
internal sealed record CaseParameters
{
    [FromQuery(Name = "scope")]
    public string? Scope { get; init; }

    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [FromQuery(Name = "filedFrom")]
    public string? FiledFrom { get; init; }

    [FromQuery(Name = "filedTo")]
    public string? FiledTo { get; init; }

    [FromQuery(Name = "closedFrom")]
    public string? ClosedFrom { get; init; }

    [FromQuery(Name = "closedTo")]
    public string? ClosedTo { get; init; }

    [FromQuery(Name = "overdue")]
    public string? Overdue { get; init; }

    [FromQuery(Name = "terminal")]
    public string? Terminal { get; init; }

    [FromQuery(Name = "way")]
    public string? Way { get; init; }

    [FromQuery(Name = "node")]
    public string? Node { get; init; }

    [FromQuery(Name = "handler")]
    public string? Handler { get; init; }

    [FromQuery(Name = "cause")]
    public string? Cause { get; init; }

    [FromQuery(Name = "q")]
    public string? Query { get; init; }

    /// <summary>The same as <see cref="Query"/>, sealed: pages put no name into a URL.</summary>
    [FromQuery(Name = "ask")]
    public string? Ask { get; init; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    [FromQuery(Name = "size")]
    public string? Size { get; init; }
}
