namespace CommandCenter.Web.Wall;

/// <summary>The figures in words of one language: what the page renders first and what every frame repaints.</summary>
/// <remarks>Formatting happens here and nowhere else, so the first picture and the live one cannot disagree.</remarks>
/// <param name="Figures">What the words were made from.</param>
/// <param name="Totals">City figures by key, for example <c>in.month</c>.</param>
/// <param name="Compared">Against the same day last year, by the same keys; a figure that has none is missing here.</param>
/// <param name="CourtsTitle">Above the courts; says how many of how many, when not all have a row.</param>
/// <param name="Courts">In the order of trouble, overdue, then pending; at most <see cref="WallPresenter.CourtRowsMax"/>.</param>
/// <param name="Indicators">Always the four core indicators, in their order.</param>
/// <param name="Recent">Newest first, at most <see cref="WallPresenter.RecentEventsMax"/>.</param>
/// <param name="Proof">The recount mark.</param>
/// <param name="Marks">The recount's marks beside the figures.</param>
/// <param name="StoppedCourts">Short names of the courts whose figures are old, ready to read; empty while all is well.</param>
internal sealed record WallView(
    CityFigures Figures,
    IReadOnlyDictionary<string, FigureView> Totals,
    IReadOnlyDictionary<string, ChangeView> Compared,
    string CourtsTitle,
    IReadOnlyList<CourtView> Courts,
    IReadOnlyList<IndicatorView> Indicators,
    IReadOnlyList<EventView> Recent,
    ProofView Proof,
    MarksView Marks,
    string StoppedCourts);

/// <summary>One figure. <paramref name="Exact"/> and <paramref name="Fen"/> are set for money only.</summary>
internal sealed record FigureView(string Text, string Unit = "", string? Exact = null, long? Fen = null);

/// <summary>A change against last year, in percent. <paramref name="Direction"/> is <c>up</c>, <c>down</c> or <c>same</c>: neither is good or bad in itself.</summary>
internal sealed record ChangeView(string Text, string Title, string Direction);

/// <summary>One row of the court table.</summary>
internal sealed record CourtView(
    string Mark,
    string Name,
    string FullName,
    string Received,
    string Closed,
    string Pending,
    FigureView In,
    FigureView Out,
    string Overdue,
    CourtCondition Condition);

/// <summary>What a row says by shape as well as by colour.</summary>
internal enum CourtCondition
{
    Normal,
    Overdue,
    Stopped,
}

/// <summary>One core indicator. <paramref name="Share"/> and <paramref name="TargetShare"/> are the same as numbers from 0 to 1, for its gauge.</summary>
internal sealed record IndicatorView(string Code, string Text, string Target, IndicatorCondition Condition, double Share, double TargetShare);

/// <summary>Where an indicator stands against its target.</summary>
internal enum IndicatorCondition
{
    NoSource,
    NoCases,
    Met,
    Below,
}

/// <summary>One event of the bottom bar.</summary>
internal sealed record EventView(string Time, string Court, string CaseNumber, string Type, string Amount);

/// <summary>The recount mark; <paramref name="Detail"/> names the cell that differs.</summary>
internal sealed record ProofView(string State, string Text, string Detail);
