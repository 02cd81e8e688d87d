using System.Text;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Intake;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Replay;

/// <summary>The past as the API gives it.</summary>
internal sealed class HistoryReading(ShownHistory history, TimeMachine machine, KnownFigures known, IOptions<ReplayOptions> options, TimeProvider time)
{
    private const int GapsMax = 1_000;
    private const int EventsMax = 1_000;

    /// <summary><c>GET /api/v1/walls/history</c>.</summary>
    public async Task<IResult> GetAsync(string? from, string? to, CancellationToken cancellationToken)
    {
        var state = history.State;
        var since = state.First ?? time.GetUtcNow();
        if (from is not null && !TryInstant(from, out since))
        {
            return BadTime("from");
        }

        var until = time.GetUtcNow();
        if (to is not null && !TryInstant(to, out until))
        {
            return BadTime("to");
        }

        if (since > until)
        {
            return BadOrder("from", "to");
        }

        var gaps = history.GapsIn(since, until);
        return Results.Ok(new HistoryView(
            state.First, state.Last, await known.FirstAsync(cancellationToken), Spans(state, gaps, since, until), [.. gaps.Take(GapsMax)],
            gaps.Count > GapsMax, options.Value.DaysMax, state.SizeBytes, state.Fault, state.FaultSince, state.PutAside));
    }

    /// <summary><c>GET /api/v1/walls/history/at</c>.</summary>
    public async Task<IResult> GetMomentAsync(string? t, CancellationToken cancellationToken)
    {
        if (t is null || !TryInstant(t, out var at))
        {
            return BadTime("t");
        }

        try
        {
            var moment = await machine.LookAsync(at, cancellationToken);
            var shown = moment is { Kind: MomentKind.Shown, Shown: { } picture } ? PictureView.Of(picture.At, picture.Figures) : null;
            return Results.Ok(new MomentView(
                at, moment.Kind, shown, GapOf(moment), PictureView.Of(moment.Known.At, moment.Known.Figures), moment.Known.UnknownCourts,
                moment.Corrections.ComparedAt, moment.Corrections.Figures, moment.Corrections.Funds));
        }
        catch (NoSuchMomentException exception)
        {
            return NoSuchMoment(exception);
        }
    }

    /// <summary><c>GET /api/v1/walls/history/changes</c>.</summary>
    public async Task<IResult> GetChangesAsync(string? since, string? until, CancellationToken cancellationToken)
    {
        if (since is null || !TryInstant(since, out var from))
        {
            return BadTime("since");
        }

        var to = time.GetUtcNow();
        if (until is not null && !TryInstant(until, out to))
        {
            return BadTime("until");
        }

        if (from > to)
        {
            return BadOrder("since", "until");
        }

        try
        {
            var (before, after) = (await machine.LookAsync(from, cancellationToken), await machine.LookAsync(to, cancellationToken));
            return Results.Ok(ChangesView.Of(before, after, history.EventsIn(from, to, EventsMax), [.. history.GapsIn(from, to).Take(GapsMax)]));
        }
        catch (NoSuchMomentException exception)
        {
            return NoSuchMoment(exception);
        }
    }

    /// <summary>An instant of a query. A plus sign that nobody encoded arrives as a space.</summary>
    public static bool TryInstant(string text, out DateTimeOffset at) => Rfc3339.TryParse(Encoding.UTF8.GetBytes(text.Replace(' ', '+')), out at);

    private static HistorySpan[] Spans(HistoryState state, IReadOnlyList<HistoryGap> gaps, DateTimeOffset since, DateTimeOffset until)
    {
        if (state.First is not { } first || state.Last is not { } last || first > until || last < since)
        {
            return [];
        }

        var spans = new List<HistorySpan>();
        var from = first > since ? first : since;
        var end = last < until ? last : until;
        foreach (var gap in gaps.Take(GapsMax))
        {
            if (gap.From >= from)
            {
                spans.Add(new HistorySpan(from, gap.From < end ? gap.From : end));
            }

            from = gap.To;
        }

        return from <= end ? [.. spans, new HistorySpan(from, end)] : [.. spans];
    }

    private GapView? GapOf(PastMoment moment) => moment.Gap is not { } gap ? null : new GapView(
        gap.From, gap.To, gap.Reason,
        moment.Shown is { } before ? PictureView.Of(before.At, before.Figures) : null,
        machine.FirstAfter(gap) is { } after ? PictureView.Of(after.At, after.Figures) : null);

    private static IResult BadTime(string name) => Problems.Of(
        StatusCodes.Status400BadRequest, "history.bad-time", $"{name} must be a time such as 2026-11-22T09:00:00+08:00, with its plus sign encoded as %2B.");

    private static IResult BadOrder(string first, string last) =>
        Problems.Of(StatusCodes.Status400BadRequest, "history.bad-order", $"{first} must not be after {last}.");

    private static IResult NoSuchMoment(NoSuchMomentException exception) => Problems.Of(
        exception.Code == NoSuchMomentException.BeforeFirst ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, exception.Code, exception.Message);
}
