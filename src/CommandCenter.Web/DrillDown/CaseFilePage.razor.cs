using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.DrillDown;

/// <summary>A case: its head, its way through the 37 nodes, its money and property, what has to do with it, and all that happened to it.</summary>
/// <remarks>Its only form shows the names in it, in that one answer, to somebody who may and has said why.</remarks>
public sealed partial class CaseFilePage
{
    private const int RowsMax = 200; // Of payments; the timeline has them all.
    private const string MeasuresStage = "F";
    private const int DaysNear = 30; // As the wall warns of controls that lapse.

    private CaseView? _case;
    private RelatedView _related = new([], 0);
    private IReadOnlyList<CaseStep> _steps = [];
    private bool _isRevealed;
    private string? _refusal;

    /// <summary>The case number.</summary>
    [Parameter]
    public string Number { get; set; } = "";

    /// <summary>What the names are needed for.</summary>
    [SupplyParameterFromForm(Name = "purpose", FormName = "reveal")]
    public string? Purpose { get; set; }

    /// <summary>The same in words.</summary>
    [SupplyParameterFromForm(Name = "words", FormName = "reveal")]
    public string? Words { get; set; }

    [Inject]
    private CaseDetail Detail { get; set; } = null!;

    [Inject]
    private RelatedCases Related { get; set; } = null!;

    [Inject]
    private RevealDesk Reveal { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string OwnUrl => CaseLinks.CaseUrl(_case!.Number, Look);

    private IReadOnlyList<TrackNode> Measures => [.. _case!.Track.Where(static node => node.Stage == MeasuresStage && node.Occurrences > 0)];

    private IEnumerable<(string Key, long Fen)> Money =>
        [("claim", _case!.ClaimFen), ("in", _case.FundsInFen), ("out", _case.FundsOutFen), ("held", _case.FundsInFen - _case.FundsOutFen)];

    private string DueWords => _case!.ClosedAt is not null || _case.Status == "moved" ? ""
        : _case.Status == "suspended" ? T("due.suspended")
        : F(_case.Overdue ? "due.over" : "due.on", DeskTime.LastDay(_case.DueAt));

    private protected override async Task<QueryFault?> AskAsync(CancellationToken cancellationToken)
    {
        var (found, fault) = await Detail.FindAsync(Viewer, Number, cancellationToken);
        if (found is null)
        {
            return fault;
        }

        Show(found);
        _related = await Related.FindAsync(Viewer, Number, cancellationToken) ?? _related;
        return null;
    }

    // Called after the question was answered, with the masked case on hand.
    private async Task RevealAsync()
    {
        if (_case is null)
        {
            return;
        }

        var answer = await Reveal.AskAsync(Http, Viewer, _case.Number, Purpose, Words);
        if (answer != RevealAnswer.Granted)
        {
            _refusal = T("reveal." + char.ToLowerInvariant(answer.ToString()[0]) + answer.ToString()[1..]);
            return;
        }

        var (found, _) = await Detail.FindAsync(Viewer, Number, PersonMask.Off, Http.RequestAborted);
        if (found is not null)
        {
            _isRevealed = true;
            Show(found);
        }
    }

    private void Show(CaseView found)
    {
        _case = found;
        var steps = new CaseSteps(Look.Language, Grains);
        _steps = [.. found.Timeline.Select(steps.Of)];
    }

    private IEnumerable<(string Key, string Value)> Facts()
    {
        var steps = new CaseSteps(Look.Language, Grains);
        yield return ("court", steps.CourtName(_case!.Court));
        yield return ("handler", _case.Handler ?? T("none"));
        yield return ("applicants", Joined(_case.Applicants));
        yield return ("debtors", Joined(_case.Debtors));
        if (_case.FormerNames.Count > 0)
        {
            yield return ("formerNames", string.Join(T("parties.join"), _case.FormerNames.Select(former => F("formerName", former.Now, former.Was))));
        }

        yield return ("cause", _case.Cause);
        yield return ("basis", _case.Basis);
        yield return ("filed", DeskTime.Moment(_case.FiledAt));
        yield return ("closed", _case.ClosedAt is { } closed ? DeskTime.Moment(closed) : T("none"));
        yield return ("node", steps.NodeName(_case.Node) ?? T("none"));
        if (_case.Suspensions.Count > 0)
        {
            yield return ("suspensions", string.Join(T("parties.join"), _case.Suspensions));
        }

        if (_case.OpenPetitions.Count > 0)
        {
            yield return ("petitions", string.Join(T("parties.join"), _case.OpenPetitions));
        }

        if (_case.Irregular.Count > 0)
        {
            yield return ("flags", steps.Flags(_case.Irregular));
        }
    }

    private int DaysTo(DateOnly until) => until.DayNumber - Drill.Today(Time).DayNumber;

    private string UntilClass(DateOnly until) => DaysTo(until) switch
    {
        < 0 => "lapsed",
        <= DaysNear => "near",
        _ => "",
    };

    private string UntilWords(DateOnly until) => DaysTo(until) switch
    {
        < 0 and var days => F("until.lapsed", -days),
        0 => T("until.today"),
        var days => F("until.left", days),
    };

    private static string Day(DateTimeOffset? at) => at is { } moment ? DeskTime.Day(moment) : "";

    private string Joined(IReadOnlyList<string> names) => names.Count == 0 ? T("none") : string.Join(T("parties.join"), names);
}
