using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>Courts, cases and officers as the grains know them.</summary>
internal sealed class GrainPins(GrainHost grains, CaseDetail cases, TimeProvider time) : IPinDirectory
{
    private const int TextLengthMax = 96;

    public IReadOnlyList<PinChoice> Courts { get; } =
        [.. grains.Courts.Courts.Select(court => new PinChoice(court.Mark, court.Definition.NameZh, court.Definition.NameEn))];

    public Task<PinAnswer> FindAsync(PinKind kind, string text, CancellationToken cancellationToken) => kind switch
    {
        PinKind.Court => Task.FromResult(grains.Courts.TryFind(text, out var court)
            ? new PinAnswer(court.Mark, null) : new PinAnswer(null, DirectorCodes.CourtUnknown)),
        PinKind.Case => FindCaseAsync(text, cancellationToken),
        _ => FindOfficerAsync(text, cancellationToken),
    };

    public async Task<PinnedFacts?> ReadAsync(Pin pin, CancellationToken cancellationToken) => pin.Kind switch
    {
        PinKind.Case => CaseNumber.TryParse(pin.Key, grains.Courts, out var number) ? FactsOf((await cases.FindAsync(number, cancellationToken)).State) : null,
        PinKind.Officer => await ReadOfficerAsync(pin.Key, cancellationToken),
        _ => null, // The figures of a court are the wall's own.
    };

    private PinnedFacts.OfCase? FactsOf(CaseState? state)
    {
        if (state?.FileOrNull is not { } file)
        {
            return null;
        }

        var node = file.Flow.Latest == 0 ? null : grains.Nodes[file.Flow.Latest];
        var dueAt = CaseRow.DueAtOf(file);
        var status = CaseDetail.StatusOf(state);
        return new PinnedFacts.OfCase(
            status, file.CourtMark, node?.NameZh, node?.NameEn, file.Handler, file.ClaimFen, file.Funds.InFen, file.Funds.OutFen, dueAt,
            IsOverdue: status == "open" && time.GetUtcNow() > dueAt);
    }

    private async Task<PinnedFacts?> ReadOfficerAsync(string key, CancellationToken cancellationToken)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (mark, id) = (key[..Math.Max(0, slash)], key[(slash + 1)..]);
        if (!grains.Courts.TryFind(mark, out var court))
        {
            return null;
        }

        var officer = await grains.AskAsync(
            grains.Map.PartitionOf(court),
            model => model.OfficersByCourt.Where(one => one.CourtMark == mark && one.State.Id == id).Select(static one => one.State).FirstOrDefault(),
            cancellationToken);
        return officer is null
            ? null
            : new PinnedFacts.OfOfficer(mark, officer.IsOnDuty, officer.DutyAt, officer.LastPosition is null ? null : officer.PositionAt);
    }

    private async Task<PinAnswer> FindCaseAsync(string text, CancellationToken cancellationToken) =>
        CaseNumber.TryParse(text, grains.Courts, out var number)
            && (await cases.FindAsync(number, cancellationToken)).State?.FileOrNull is { } file
            ? new PinAnswer(file.Number.ToString(), null)
            : new PinAnswer(null, DirectorCodes.CaseUnknown);

    // Ids are unique in a court only: without its mark an id must belong to one officer alone.
    private async Task<PinAnswer> FindOfficerAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length is 0 or > TextLengthMax)
        {
            return new PinAnswer(null, DirectorCodes.OfficerUnknown);
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (mark, id) = slash < 0 ? (null, text) : (text[..slash], text[(slash + 1)..]);
        var found = await grains.AskScopeAsync(
            grains.Courts.Root,
            model => model.OfficersByCourt.Where(officer => officer.State.Id == id && (mark is null || officer.CourtMark == mark))
                .Select(static officer => officer.CourtMark).ToArray(),
            cancellationToken);
        return found.SelectMany(static marks => marks).ToArray() is [var only]
            ? new PinAnswer($"{only}/{id}", null)
            : new PinAnswer(null, DirectorCodes.OfficerUnknown);
    }
}
