using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Overview;

/// <summary><c>GET /api/v1/flow</c>, and what the pages of the overview show of it.</summary>
internal sealed class FlowReading(GrainHost grains, TimeProvider time)
{
    /// <summary>As old as a count may be: everybody who looks within this time sees the same one.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(3);

    private readonly ShortMemory<(string Mark, string? Handler, int Year), FlowAnswer> _answers = new(Age, time);

    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(Viewer viewer, string? scope, string? handler, string? year, CancellationToken cancellationToken)
    {
        var (found, fault) = OverviewScope.Find(viewer, grains.Courts, scope, handler);
        if (found is null)
        {
            return fault!.ToResult();
        }

        if (year is not null && !IsYear(year))
        {
            return Bad("year", "a year such as 2017").ToResult();
        }

        return Results.Ok(await ReadAsync(found, year is null ? null : int.Parse(year, CultureInfo.InvariantCulture), cancellationToken));
    }

    /// <summary>The flow of a scope.</summary>
    /// <param name="scope">Which courts, and whose cases.</param>
    /// <param name="year">Of which year those are that went on; <see langword="null"/> for this year.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<FlowAnswer> ReadAsync(OverviewScope scope, int? year, CancellationToken cancellationToken)
    {
        var of = year ?? ShanghaiTime.DayOf(time.GetUtcNow()).Year;
        return _answers.GetAsync((scope.Mark, scope.Handler, of), () => CountAsync(scope, of), cancellationToken);
    }

    /// <summary>Whether a text is a year.</summary>
    public static bool IsYear(string text) => text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0;

    private async Task<FlowAnswer> CountAsync(OverviewScope scope, int year)
    {
        var now = time.GetUtcNow();
        var parts = await grains.AskScopeAsync(scope.Court, model => FlowCount.Read(model, scope.Courts, scope.Handler, now, year), CancellationToken.None);
        return FlowAnswer.Of(scope, parts.Aggregate(static (sum, part) => sum.Add(part)), grains.Nodes, now, year);
    }

    private static QueryFault Bad(string name, string wanted) =>
        new(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");
}
