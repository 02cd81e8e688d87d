using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Web.Access;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Web.Export;

/// <summary>The lists of cases and payments as files: as filtered and sorted, cut to who asks, masked as on the page, read at one moment.</summary>
internal sealed class ListExport(GrainHost grains, CaseList cases, FundsList funds, QuestionSeal seal, ExportGate gate, TimeProvider time)
{
    private const string RetryAfterSeconds = "10";

    private static readonly Dictionary<string, ISheetWriter> s_formats = new(StringComparer.Ordinal)
    {
        ["csv"] = new CsvSheetWriter(),
        ["xlsx"] = new XlsxSheetWriter(),
    };

    private static readonly QueryFault s_badFormat = new(StatusCodes.Status400BadRequest, "query.bad-format", "format must be csv or xlsx.");
    private static readonly QueryFault s_busy = new(StatusCodes.Status503ServiceUnavailable, "query.export-busy", "Other lists are being exported; ask again in a moment.");

    /// <summary>The cases of a list.</summary>
    public Task CasesAsync(HttpContext http, Viewer viewer, CaseParameters asked) => AnswerAsync(http, async (language, cancellationToken) =>
    {
        var (open, fault) = seal.Open(asked);
        if (open is null)
        {
            return (null, fault);
        }

        (var question, fault) = await cases.ReadAsync(viewer, open with { Page = null, Size = null }, cancellationToken);
        if (question is null)
        {
            return (null, fault);
        }

        var selection = await CaseSelection.TakeAsync(grains, question, cancellationToken);
        var rows = new CaseRows(language, grains);
        var about = About(http, viewer, language, selection.Total);
        about.Insert(0, (T("about.list", language), DeskNames.Of(question.Court, language) + " · " + T("cases", language)));
        about.Insert(1, (T("about.filter", language), string.Join(" · ", new ListWords(language, Drill.Today(time)).Of(open with { Query = null }, rows.NodeName)
            .Append(question.Query.Pattern is null ? "" : DrillTexts.Of("words.q.hidden", language)).Where(static word => word.Length > 0))));
        about.Insert(2, (T("about.sort", language), ExportTexts.Format(question.Query.Descending ? "sort.down" : "sort.up", language, rows.SortName(question.Query.Sort))));
        about.Insert(5, (T("about.asOf", language), DeskTime.Moment(question.Query.Now) + " · " + string.Join("，", selection.AsOf.Select(part => ExportTexts.Format("position", language, part.Partition, part.Position)))));
        return (new Sheet(T("cases", language), T("about", language), (T("about.item", language), T("about.value", language)), about, rows.Columns, selection.Items().Take(ExportLimits.RowsMax).Select(rows.Of)), null);
    }, "cases");

    /// <summary>The payments of a list.</summary>
    public Task FundsAsync(HttpContext http, Viewer viewer, FundsParameters asked) => AnswerAsync(http, async (language, cancellationToken) =>
    {
        var (found, fault) = await funds.SelectAsync(viewer, asked with { Page = null, Size = null }, ExportLimits.RowsMax, cancellationToken);
        if (found is null)
        {
            return (null, fault);
        }

        var rows = new FundsRows(language, grains);
        var about = About(http, viewer, language, found.Total);
        about.Insert(0, (T("about.list", language), rows.CourtName(found.Scope) + " · " + T("payments", language)));
        about.Insert(1, (T("about.filter", language), new ListWords(language, Drill.Today(time)).Of(found.Direction, found.From, found.To)));
        about.Insert(4, (T("about.asOf", language), DeskTime.Moment(found.AsOf)));
        about.Insert(5, (T("about.sum", language), ExportMoney.Text(found.SumFen)));
        return (new Sheet(T("payments", language), T("about", language), (T("about.item", language), T("about.value", language)), about, rows.Columns, found.Rows.Take(ExportLimits.RowsMax).Select(rows.Of)), null);
    }, "funds");

    private List<(string Name, string Value)> About(HttpContext http, Viewer viewer, WallLanguage language, long total)
    {
        var isCut = total > ExportLimits.RowsMax;
        TrailNotes.Add(http, "rows", Math.Min(total, ExportLimits.RowsMax).ToString(CultureInfo.InvariantCulture));
        return
        [
            (T("about.by", language), $"{viewer.Name} ({viewer.Id})"),
            (T("about.at", language), DeskTime.Moment(time.GetUtcNow())),
            (T("about.rows", language), ExportTexts.Format(isCut ? "about.rows.cut" : "about.rows.all", language, isCut ? ExportLimits.RowsMax : total, total)),
            (T("about.money", language), T("about.money.how", language)),
            (T("about.masked", language), T("about.masked.yes", language)),
        ];
    }

    private async Task AnswerAsync(HttpContext http, Func<WallLanguage, CancellationToken, Task<(Sheet? Sheet, QueryFault? Fault)>> ask, string name)
    {
        if (http.Request.Query["format"].ToString() is var format && !s_formats.TryGetValue(format, out var writer))
        {
            await s_badFormat.ToResult().ExecuteAsync(http);
            return;
        }

        if (!gate.TryEnter())
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            await s_busy.ToResult().ExecuteAsync(http);
            return;
        }

        try
        {
            var (sheet, fault) = await ask(WallTexts.Parse(http.Request.Query["lang"]), http.RequestAborted);
            if (sheet is null)
            {
                await fault!.ToResult().ExecuteAsync(http);
                return;
            }

            var day = ShanghaiTime.DayOf(time.GetUtcNow()).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            http.Response.ContentType = writer.MediaType;
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{name}-{day}{writer.Ending}" }.ToString();
            TrailNotes.Add(http, "format", format);

            // The writer of sheets has no asynchronous way to a line; a place of the gate is held meanwhile, so few threads ever wait.
            http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
            await writer.WriteAsync(sheet, http.Response.Body, http.RequestAborted);
        }
        finally
        {
            gate.Leave();
        }
    }

    private static string T(string key, WallLanguage language) => ExportTexts.Of(key, language);
}
