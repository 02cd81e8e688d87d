using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Grains;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.Tests.Reading;

/// <summary>The read API of a lab's grains without the HTTP around it.</summary>
internal sealed class Api(GrainLab lab)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The code of a problem.</summary>
    public static string CodeOf(IResult result) =>
        Assert.IsType<string>(Assert.IsType<ProblemHttpResult>(result).ProblemDetails.Extensions["code"]);

    public async Task<ScopeTotals> TotalsAsync(string scope, string? date = null) =>
        Value<ScopeTotals>(await AskTotalsAsync(scope, date));

    public Task<IResult> AskTotalsAsync(string? scope, string? date) => new Totals(lab.Host, lab.Time).GetAsync(Viewers.Command, scope, date, Cancellation);

    public async Task<RollupSeries> RollupsAsync(string scope, string from, string to, string step = "5m") =>
        Value<RollupSeries>(await AskRollupsAsync(scope, from, to, step));

    public Task<IResult> AskRollupsAsync(string? scope, string? from, string? to, string? step) =>
        new Rollups(lab.Host, lab.Time).GetAsync(Viewers.Command, scope, from, to, step, Cancellation);

    public async Task<CasePage> CasesAsync(CaseParameters ask) => Value<CasePage>(await AskCasesAsync(ask));

    public Task<IResult> AskCasesAsync(CaseParameters ask) => new CaseList(lab.Host, lab.Time).GetAsync(Viewers.Command, ask, Cancellation);

    public async Task<CaseView> CaseAsync(CaseNumber number) => Value<CaseView>(await AskCaseAsync(number.ToString()));

    public Task<IResult> AskCaseAsync(string number) => new CaseDetail(lab.Host, WorkingDays.WeekendsOnly, lab.Time).GetAsync(Viewers.Command, number, Cancellation);

    private static T Value<T>(IResult result) => result is Ok<T> { Value: { } value }
        ? value
        : throw new InvalidOperationException($"The answer is {(result is ProblemHttpResult problem ? problem.ProblemDetails.Detail : result)}.");
}
