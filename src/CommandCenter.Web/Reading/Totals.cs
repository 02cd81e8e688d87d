using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Reading;

/// <summary>Figures of one period.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Received">新收, 执 and 执恢.</param>
/// <param name="Closed">结案, net of closings undone; 终本 included.</param>
/// <param name="PendingBefore">存 before the first day.</param>
/// <param name="Pending">存 after the last day.</param>
/// <param name="TransferredIn">Taken over from other courts, those of the same scope included.</param>
/// <param name="TransferredOut">Given to other courts, those of the same scope included.</param>
/// <param name="TerminalStock">终本存量 after the last day.</param>
/// <param name="Revoked">Closings undone.</param>
/// <param name="FundsInFen">Money in, net of counter-entries.</param>
/// <param name="FundsOutFen">Money out, net of counter-entries.</param>
/// <param name="ClosedByWay">结案 by way, net.</param>
/// <param name="Irregular">Facts recorded with an irregularity.</param>
/// <param name="ByKind">新收, 结案 and 存 of each column, which never mix.</param>
internal sealed record PeriodTotals(
    DateOnly From, DateOnly To, long Received, long Closed, long PendingBefore, long Pending, long TransferredIn, long TransferredOut,
    long TerminalStock, long Revoked, long FundsInFen, long FundsOutFen, IReadOnlyDictionary<string, long> ClosedByWay,
    IReadOnlyDictionary<string, KindTotals> ByKind, long Irregular);

/// <summary>收结存 of one column.</summary>
internal sealed record KindTotals(long Received, long Closed, long Pending);

/// <summary>Day, month and year up to a date, and everything up to it.</summary>
internal sealed record ScopeTotals(
    string Scope, DateOnly Date, DateTimeOffset AsOf, string Identity, PeriodTotals Day, PeriodTotals Month, PeriodTotals Year, PeriodTotals All);

/// <summary><c>GET /api/v1/totals</c>.</summary>
internal sealed class Totals(GrainHost grains, TimeProvider time)
{
    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(Viewer viewer, string? scope, string? date, CancellationToken cancellationToken)
    {
        if (!Scopes.TryFind(viewer, grains.Courts, scope, out var court, out var problem))
        {
            return problem;
        }

        var day = ShanghaiTime.DayOf(time.GetUtcNow());
        if (date is not null && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "query.bad-date", "date must be a day such as 2017-09-01.");
        }

        var mask = Scopes.Mask(grains.Courts, court);
        var (first, month, year) = (ShanghaiTime.DayNumberOf(day), new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, 1, 1));
        var asOf = time.GetUtcNow();
        var parts = await grains.AskScopeAsync(
            court,
            model => new Part(
                Sum(model, mask, first, first + 1),
                Sum(model, mask, ShanghaiTime.DayNumberOf(month), first + 1),
                Sum(model, mask, ShanghaiTime.DayNumberOf(year), first + 1),
                Sum(model, mask, int.MinValue, first + 1),
                model.Courts.Where(grain => mask[grain.Court.Index]).Select(grain => grain.Check()).FirstOrDefault(fault => fault is not null)),
            cancellationToken);

        var all = Add(parts.Select(part => part.All));
        return Results.Ok(new ScopeTotals(
            court.Mark,
            day,
            asOf,
            parts.Select(part => part.Fault).FirstOrDefault(fault => fault is not null)?.ToString() ?? "holds",
            Period(day, day, Add(parts.Select(part => part.Day)), all),
            Period(month, day, Add(parts.Select(part => part.Month)), all),
            Period(year, day, Add(parts.Select(part => part.Year)), all),
            Period(DateOnly.MinValue, day, all, all)));
    }

    private static long[] Sum(GrainModel model, bool[] mask, int from, int to)
    {
        var sums = new long[Flows.ColumnCount];
        foreach (var grain in model.Courts)
        {
            if (mask[grain.Court.Index])
            {
                grain.Days.AddTo(from, to, sums);
            }
        }

        return sums;
    }

    private static long[] Add(IEnumerable<long[]> parts)
    {
        var sums = new long[Flows.ColumnCount];
        foreach (var part in parts)
        {
            for (var column = 0; column < sums.Length; column++)
            {
                sums[column] = checked(sums[column] + part[column]);
            }
        }

        return sums;
    }

    private static PeriodTotals Period(DateOnly from, DateOnly to, long[] columns, long[] allColumns)
    {
        var load = new Caseload(columns);
        var all = new Caseload(allColumns);
        return new PeriodTotals(
            from, to, load.Received, load.Closed, all.PendingGrowth - load.PendingGrowth, all.PendingGrowth, load.TransferredIn, load.TransferredOut,
            all.TerminalGrowth, load.Revoked, load.FundsInFen, load.FundsOutFen,
            Enum.GetValues<CloseWay>().ToDictionary(way => way.Code(), load.ClosedByWay),
            Kinds(load, all),
            load.Irregular);
    }

    private static Dictionary<string, KindTotals> Kinds(Caseload load, Caseload all) => new(StringComparer.Ordinal)
    {
        ["执"] = Kind(load, all, CaseClass.First),
        ["执恢"] = Kind(load, all, CaseClass.Reinstated),
        ["执保"] = Kind(load, all, CaseClass.Preservation),
        ["other"] = Kind(load, all, CaseClass.Other),
    };

    private static KindTotals Kind(Caseload load, Caseload all, CaseClass @class) =>
        new(load.ReceivedOf(@class), load.ClosedOf(@class), all.PendingGrowthOf(@class));

    private sealed record Part(long[] Day, long[] Month, long[] Year, long[] All, IdentityFault? Fault);
}
