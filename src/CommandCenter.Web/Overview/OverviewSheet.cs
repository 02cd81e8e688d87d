using System.Globalization;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Overview;

/// <summary>A text of the page that goes on changing, and what its title says.</summary>
/// <param name="Text">As shown.</param>
/// <param name="Title">Said besides; <see langword="null"/> for nothing.</param>
internal sealed record LiveText(string Text, string? Title = null);

/// <summary>What the page asks for again every few seconds.</summary>
/// <param name="AsOf">Time of the last commit that is counted in.</param>
/// <param name="Recount">State of the recount of this scope.</param>
/// <param name="RecountText">The same in words.</param>
/// <param name="Values">The texts of the page by key.</param>
/// <param name="Usual">The mark that most figures carry.</param>
/// <param name="But">The marks of the others, by the same keys.</param>
internal sealed record LiveSheet(
    string AsOf, string Recount, string RecountText, IReadOnlyDictionary<string, LiveText> Values, MarkView Usual, IReadOnlyDictionary<string, MarkView> But);

/// <summary>
/// The figures of a page in words of one language. Formatting happens here and nowhere else, so what a page was sent with and what it asks
/// for later cannot disagree.
/// </summary>
internal sealed class OverviewSheet
{
    private static readonly string[] s_handlerPeriods = [.. OverviewState.Periods];

    private readonly Dictionary<string, LiveText> _values = new(StringComparer.Ordinal);
    private readonly WallLanguage _language;
    private readonly HashSet<string> _marked;
    private readonly MarksView _marks;

    public OverviewSheet(ScopeFigures figures, FlowAnswer? flow, WallLanguage language)
    {
        _language = language;
        View = figures.Handler is null ? WallPresenter.Present(figures.Figures, language) : null;
        if (View is not null)
        {
            AddHead(figures, View);
        }
        else
        {
            AddHandler(figures.Handler!);
        }

        foreach (var line in figures.Lines)
        {
            foreach (var (column, value) in line.Values)
            {
                _values[$"{line.Key}/{column}"] = CellOf(column, value);
            }
        }

        if (flow is not null)
        {
            AddFlow(flow);
        }

        (string Key, RecountMark Mark)[] marks = [.. OverviewMarks.Of(figures, flow)];
        _marked = [.. marks.Select(static one => one.Key)];
        _marks = RecountWords.MarksOf(marks, figures.Figures, language);
        AsOf = DeskTime.Moment(figures.Figures.AsOf);
        Recount = figures.Recount.State;
        RecountText = string.Format(CultureInfo.InvariantCulture, T("recount." + Recount), CountText.Of(figures.Recount.DifferenceCount));
    }

    /// <summary>What a wall of this scope would show; <see langword="null"/> on a handler's page.</summary>
    public WallView? View { get; }

    /// <summary>Time of the last commit that is counted in.</summary>
    public string AsOf { get; }

    /// <summary>State of the recount of this scope.</summary>
    public string Recount { get; }

    /// <summary>The same in words.</summary>
    public string RecountText { get; }

    /// <summary>A text by its key; empty when there is none.</summary>
    public LiveText this[string key] => _values.GetValueOrDefault(key) ?? new LiveText("");

    /// <summary>What the recount says of a figure; <see langword="null"/> of one that it does not count.</summary>
    public MarkView? MarkOf(string key) => _marked.Contains(key) ? _marks.Of(key) : null;

    /// <summary>All that goes on changing.</summary>
    public LiveSheet ToLive() => new(AsOf, Recount, RecountText, _values, _marks.Usual, _marks.But);

    private void AddHead(ScopeFigures figures, WallView view)
    {
        foreach (var (key, figure) in view.Totals)
        {
            // The wall's change of the stock is received less closed, which is true of the whole city only: here cases come from other courts, too.
            var text = key switch
            {
                "pending.month" => CountText.OfChange(figures.Growth!.Value.Month),
                "pending.year" => CountText.OfChange(figures.Growth!.Value.Year),
                _ => figure.Text,
            };
            _values[key] = new LiveText(text, figure.Exact);
            _values[key + "/unit"] = new LiveText(figure.Unit);
        }

        foreach (var key in view.Totals.Keys)
        {
            var change = view.Compared.GetValueOrDefault(key);
            _values[key + "/change"] = change is null ? new LiveText("", WallTexts.Of("compared.none", _language)) : new LiveText(change.Text, change.Title);
        }

        _values["lapsing"] = CellOf("lapsing", figures.Lapsing);
    }

    private void AddHandler(HandlerFigures handler)
    {
        for (var i = 0; i < s_handlerPeriods.Length; i++)
        {
            _values["received." + s_handlerPeriods[i]] = new LiveText(CountText.Of(handler.Received[i]));
            _values["closed." + s_handlerPeriods[i]] = new LiveText(CountText.Of(handler.Closed[i]));
        }

        var held = MoneyText.Of(handler.HeldFen, _language);
        _values["pending.today"] = new LiveText(CountText.Of(handler.Pending));
        _values["suspended"] = new LiveText(CountText.Of(handler.Suspended));
        _values["overdue"] = new LiveText(CountText.Of(handler.Overdue));
        _values["terminal"] = new LiveText(CountText.Of(handler.Terminal));
        _values["held"] = new LiveText(held.Value, held.Exact);
        _values["held/unit"] = new LiveText(held.Unit);
    }

    private void AddFlow(FlowAnswer flow)
    {
        foreach (var node in flow.Nodes)
        {
            Add(node.Code, "standing", CountText.Of(node.Standing));
            Add(node.Code, "overdue", node.Overdue == 0 ? "" : CountText.Of(node.Overdue));
            Add(node.Code, "median", OverviewTexts.Stay(node.MedianMinutes, _language));
            Add(node.Code, "p90", OverviewTexts.Stay(node.P90Minutes, _language));
            if (node.Passed is { } passed)
            {
                Add(node.Code, "passed", CountText.Of(passed));
                Add(node.Code, "passedMedian", OverviewTexts.Stay(node.PassedMedianMinutes, _language));
                Add(node.Code, "passedP90", OverviewTexts.Stay(node.PassedP90Minutes, _language));
            }
        }

        foreach (var stage in flow.Nodes.GroupBy(static node => node.Stage))
        {
            _values[$"stage.{stage.Key}"] = new LiveText(CountText.Of(stage.Sum(static node => node.Standing)));
        }

        void Add(string node, string column, string text) => _values[$"node.{node}/{column}"] = new LiveText(text);
    }

    private LiveText CellOf(string column, long? value)
    {
        if (value is not { } known)
        {
            return new LiveText(T("unknown"));
        }

        if (column is not ("in" or "out" or "held"))
        {
            return new LiveText(CountText.Of(known));
        }

        var money = MoneyText.OfColumn(known, _language);
        return new LiveText(money.Value, money.Exact);
    }

    private string T(string key) => OverviewTexts.Of(key, _language);
}
