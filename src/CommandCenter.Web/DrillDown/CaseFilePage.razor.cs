using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.DrillDown;

/// <summary>A case: its head, and all that happened to it.</summary>
public sealed partial class CaseFilePage
{
    private PageLook _look;
    private CaseView _case = null!;
    private QueryFault? _fault;
    private bool _isAnswered;
    private IReadOnlyList<CaseStep> _steps = [];

    /// <summary>The case number.</summary>
    [Parameter]
    public string Number { get; set; } = "";

    [Inject]
    private CaseDetail Detail { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _look = PageLook.Of(Http.Request);
        (var found, _fault) = await Detail.FindAsync(Viewer.Of(Http.User)!, Number, Http.RequestAborted);
        _isAnswered = true;
        if (found is null)
        {
            DeskFault.Answer(Http, _fault!);
            return;
        }

        _case = found;
        var steps = new CaseSteps(_look.Language, Grains);
        _steps = [.. found.Timeline.Select(steps.Of)];
    }

    private IEnumerable<(string Key, string Value)> Facts()
    {
        var steps = new CaseSteps(_look.Language, Grains);
        yield return ("court", steps.CourtName(_case.Court));
        yield return ("handler", _case.Handler ?? T("none"));
        yield return ("cause", _case.Cause);
        yield return ("basis", _case.Basis);
        yield return ("filed", DeskTime.Moment(_case.FiledAt));
        yield return ("closed", _case.ClosedAt is { } closed ? DeskTime.Moment(closed) : T("none"));
        yield return ("node", steps.NodeName(_case.Node) ?? T("none"));
        yield return ("claim", F("fen", DeskMoney.Yuan(_case.ClaimFen)));
        yield return ("in", F("fen", DeskMoney.Yuan(_case.FundsInFen)));
        yield return ("out", F("fen", DeskMoney.Yuan(_case.FundsOutFen)));
        yield return ("applicants", Masked(_case.Applicants));
        yield return ("debtors", Masked(_case.Debtors));
        if (_case.FormerNames.Count > 0)
        {
            yield return ("formerNames", string.Join(T("parties.join"), _case.FormerNames.Select(former => F("formerName", PartyMask.Of(former.Now), PartyMask.Of(former.Was)))));
        }

        if (_case.Suspensions.Count > 0)
        {
            yield return ("suspensions", string.Join(T("parties.join"), _case.Suspensions));
        }

        if (_case.Irregular.Count > 0)
        {
            yield return ("flags", steps.Flags(_case.Irregular));
        }
    }

    private string Masked(IReadOnlyList<string> names) => names.Count == 0 ? T("none") : string.Join(T("parties.join"), names.Select(PartyMask.Of));

    private string T(string key) => DrillTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);
}
