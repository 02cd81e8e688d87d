using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>Courts, cases and officers as the grains know them.</summary>
internal sealed class GrainPins(GrainHost grains, CaseDetail cases) : IPinDirectory
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
