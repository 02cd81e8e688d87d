using System.Globalization;
using System.Text.Json;

namespace CommandCenter.Web.Wall;

/// <summary>What the bars say: the badge, the proof, what stopped, what differs, the last events.</summary>
internal sealed class BarPart : FigurePart
{
    public const string PartName = "bar";

    public override string Name => PartName;

    protected override void Write(Utf8JsonWriter json, WallSample sample, WallLanguage language)
    {
        var view = sample.ViewIn(language);
        json.WriteStartObject();
        json.WriteBoolean("demo", view.Figures.Demonstration);
        json.WriteString("stopped", view.StoppedCourts);
        json.WriteString("differs", view.Marks.Alert);
        json.WriteStartArray("proof");
        json.WriteStringValue(view.Proof.State);
        json.WriteStringValue(view.Proof.Text);
        json.WriteStringValue(view.Proof.Detail);
        json.WriteEndArray();
        json.WriteStartArray("recent");
        foreach (var recent in view.Recent)
        {
            json.WriteStartArray();
            json.WriteStringValue(recent.Time);
            json.WriteStringValue(recent.Court);
            json.WriteStringValue(recent.CaseNumber);
            json.WriteStringValue(recent.Type);
            json.WriteStringValue(recent.Amount);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>The figures of the city and its courts, the indicators, and the recount's marks beside them all.</summary>
/// <remarks>Courts are arrays, not objects: 22 rows stay near 3 KB.</remarks>
internal sealed class CityPart : FigurePart
{
    public const string PartName = "city";

    public override string Name => PartName;

    protected override void Write(Utf8JsonWriter json, WallSample sample, WallLanguage language)
    {
        var view = sample.ViewIn(language);
        json.WriteStartObject();
        WriteMarks(json, view.Marks);
        WriteTotals(json, view);
        WriteCourts(json, view);
        json.WriteStartArray("indicators");
        foreach (var indicator in view.Indicators)
        {
            json.WriteStartArray();
            json.WriteStringValue(indicator.Code);
            json.WriteStringValue(indicator.Text);
            json.WriteStringValue(WallWords.NameOf(indicator.Condition));
            json.WriteNumberValue(indicator.Share);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Most figures carry the same mark, so only the others are named.
    private static void WriteMarks(Utf8JsonWriter json, MarksView marks)
    {
        json.WriteStartObject("marks");
        json.WritePropertyName("usual");
        WriteMark(json, marks.Usual);
        json.WriteStartObject("but");
        foreach (var (key, mark) in marks.But)
        {
            json.WritePropertyName(key);
            WriteMark(json, mark);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMark(Utf8JsonWriter json, MarkView mark)
    {
        json.WriteStartArray();
        json.WriteStringValue(mark.State);
        json.WriteStringValue(mark.Text);
        json.WriteStringValue(mark.Title);
        json.WriteEndArray();
    }

    private static void WriteTotals(Utf8JsonWriter json, WallView view)
    {
        json.WriteStartObject("totals");
        foreach (var (key, figure) in view.Totals)
        {
            json.WritePropertyName(key);
            WriteFigure(json, figure);
        }

        json.WriteEndObject();
        json.WriteStartObject("compared");
        foreach (var (key, change) in view.Compared)
        {
            json.WriteStartArray(key);
            json.WriteStringValue(change.Text);
            json.WriteStringValue(change.Title);
            json.WriteStringValue(change.Direction);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteCourts(Utf8JsonWriter json, WallView view)
    {
        json.WriteString("courtsTitle", view.CourtsTitle);
        json.WriteStartArray("courts");
        foreach (var court in view.Courts)
        {
            json.WriteStartArray();
            json.WriteStringValue(court.Mark);
            json.WriteStringValue(court.Name);
            json.WriteStringValue(court.FullName);
            json.WriteStringValue(WallWords.NameOf(court.Condition));
            json.WriteStringValue(court.Received);
            json.WriteStringValue(court.Closed);
            json.WriteStringValue(court.Pending);
            WriteFigure(json, court.In);
            WriteFigure(json, court.Out);
            json.WriteStringValue(court.Overdue);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary><c>"612"</c> for a count, <c>["—","无数据源"]</c> for one whose unit changes,
    /// <c>["3.0213","亿元","302,134,512.34 元","30213451234"]</c> for money.</summary>
    /// <remarks>Fen travel as text: a script's numbers lose whole fen beyond 2^53.</remarks>
    private static void WriteFigure(Utf8JsonWriter json, FigureView figure)
    {
        if (figure.Fen is null && figure.Unit.Length == 0)
        {
            json.WriteStringValue(figure.Text);
            return;
        }

        json.WriteStartArray();
        json.WriteStringValue(figure.Text);
        json.WriteStringValue(figure.Unit);
        if (figure.Fen is { } fen)
        {
            json.WriteStringValue(figure.Exact);
            json.WriteStringValue(fen.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
    }
}

/// <summary>Pending cases of each court at the end of the last thirty days, for the small charts of its row.</summary>
internal sealed class TrendPart : FigurePart
{
    public const string PartName = "trend";

    public override string Name => PartName;

    // The figures keep one list as long as it holds.
    protected override object KeyOf(CityFigures figures) => figures.Trends;

    protected override void Write(Utf8JsonWriter json, WallSample sample, WallLanguage language)
    {
        json.WriteStartObject();
        foreach (var trend in sample.Figures.Trends)
        {
            json.WriteStartArray(trend.Mark);
            foreach (var pending in trend.PendingByDay)
            {
                json.WriteNumberValue(pending);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

/// <summary>Money of 24 hours in windows of five minutes. The last, open one changes all the time and is <see cref="FundsNowPart"/>.</summary>
internal sealed class FundsPart : FigurePart
{
    public const string PartName = "funds";

    public override string Name => PartName;

    protected override object KeyOf(CityFigures figures) => new ClosedSteps(figures.Funds24h);

    protected override void Write(Utf8JsonWriter json, WallSample sample, WallLanguage language)
    {
        var steps = sample.Figures.Funds24h;
        json.WriteStartObject();
        json.WriteNumber("from", steps.Count == 0 ? 0 : steps[0].At.ToUnixTimeMilliseconds());
        WriteSteps(json, "in", steps, static step => step.InFen);
        WriteSteps(json, "out", steps, static step => step.OutFen);
        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, string name, IReadOnlyList<FundsStep> steps, Func<FundsStep, long> valueOf)
    {
        json.WriteStartArray(name);
        foreach (var step in steps)
        {
            json.WriteNumberValue(valueOf(step));
        }

        json.WriteEndArray();
    }

    /// <summary>Equal while no closed window changed: a new window, or a late payment, is a change.</summary>
    private sealed class ClosedSteps(IReadOnlyList<FundsStep> steps) : IEquatable<ClosedSteps>
    {
        private readonly IReadOnlyList<FundsStep> _steps = steps;

        public bool Equals(ClosedSteps? other) => other is not null && (ReferenceEquals(_steps, other._steps)
            || (_steps.Count == other._steps.Count && _steps.SkipLast(1).SequenceEqual(other._steps.SkipLast(1))
                && (_steps.Count == 0 || _steps[^1].At == other._steps[^1].At)));

        public override bool Equals(object? obj) => Equals(obj as ClosedSteps);

        public override int GetHashCode() => _steps.Count;
    }
}

/// <summary>The open window of <see cref="FundsPart"/>.</summary>
internal sealed class FundsNowPart : FigurePart
{
    public const string PartName = "fundsNow";

    public override string Name => PartName;

    protected override object KeyOf(CityFigures figures) => figures.Funds24h.Count == 0 ? this : figures.Funds24h[^1];

    protected override void Write(Utf8JsonWriter json, WallSample sample, WallLanguage language)
    {
        var steps = sample.Figures.Funds24h;
        json.WriteStartArray();
        if (steps.Count > 0)
        {
            json.WriteNumberValue(steps[^1].InFen);
            json.WriteNumberValue(steps[^1].OutFen);
        }

        json.WriteEndArray();
    }
}
