using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tablet;

/// <summary>What a tablet asks for every few seconds: figures, and whether the cases behind them are still those that it shows. No case, no person.</summary>
/// <param name="Account">Tells the accounts apart that use one tablet; opens nothing.</param>
/// <param name="AsOf">Of when the figures are.</param>
/// <param name="KeepSeconds">How long a tablet without a network may show this: the session that is not heard of ends then.</param>
/// <param name="Cases">Changes with what <see cref="TabletView"/> shows of cases.</param>
/// <param name="Note">What is wrong with the figures, in words: courts that are not updating; empty when nothing is.</param>
/// <param name="Figures">In the order in which they are shown.</param>
/// <param name="CountedAt">Of when what lapses and waits is; <see langword="null"/> when no court could be asked.</param>
/// <param name="Lapses">How much lapses within how many days.</param>
/// <param name="Waiting">All the money that waits, in words.</param>
internal sealed record TabletPulse(
    string Account, DateTimeOffset AsOf, int KeepSeconds, string Cases, string Note, IReadOnlyList<TabletFigure> Figures,
    DateTimeOffset? CountedAt, IReadOnlyList<TabletLapse> Lapses, string Waiting);

/// <summary>A figure in words.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Label">Its name.</param>
/// <param name="Value">As people read it.</param>
/// <param name="Unit">万元 and the like.</param>
/// <param name="Exact">To the fen, or the same.</param>
/// <param name="Mark">Empty, <c>warn</c> or <c>bad</c>.</param>
/// <param name="Url">The list behind it, where there is one.</param>
/// <param name="Proof">What the recount says of it; <see langword="null"/> of a figure that is gathered from the cases below it.</param>
internal sealed record TabletFigure(string Key, string Label, string Value, string Unit, string Exact, string Mark, string? Url, MarkView? Proof = null);

/// <summary>All that a tablet shows.</summary>
/// <param name="Pulse">Figures and age.</param>
/// <param name="Place">Whose: the court, or the handler.</param>
/// <param name="Today">The day, in words.</param>
/// <param name="Things">今日三件事, at most three.</param>
/// <param name="Next">What lapses first.</param>
/// <param name="Waiting">Whose money waits longest.</param>
/// <param name="Late">Handlers with overdue cases.</param>
/// <param name="Urges">督促 that wait, and those answered lately.</param>
internal sealed record TabletView(
    TabletPulse Pulse, string Place, string Today, IReadOnlyList<TabletCase> Things, IReadOnlyList<TabletCase> Next, IReadOnlyList<TabletCase> Waiting,
    IReadOnlyList<TabletCase> Late, IReadOnlyList<TabletUrge> Urges);

/// <summary>A case and why it is shown. Never a name of a party in the open.</summary>
/// <param name="Mark"><c>bad</c>, <c>warn</c> or empty: how urgent; the words say it too.</param>
/// <param name="What">The reason in a few words.</param>
/// <param name="Why">The rule behind it, and how many more there are.</param>
/// <param name="Big">The figure of the row: days or money.</param>
/// <param name="Number">The case.</param>
/// <param name="Url">Its page.</param>
/// <param name="ListUrl">The list behind the reason, where there is one: all late cases of a handler.</param>
/// <param name="Who">Court and handler, in words.</param>
/// <param name="Handler">Who would be urged; <see langword="null"/> where there is nobody.</param>
/// <param name="About">What an urge would be about; <see langword="null"/> when the viewer may not urge.</param>
/// <param name="UrgedAt">When the case was urged last without a reply so far.</param>
internal sealed record TabletCase(
    string Mark, string What, string Why, string Big, string Number, string Url, string? ListUrl, string Who, string? Handler, string? About, DateTimeOffset? UrgedAt);

/// <summary>One row of what lapses: controls or limits.</summary>
/// <param name="Label">Which.</param>
/// <param name="Past">Already lapsed or overdue.</param>
/// <param name="Within">Within 1, 7, 15 and 30 days.</param>
internal sealed record TabletLapse(string Label, string Past, IReadOnlyList<string> Within);

/// <summary>An urge.</summary>
/// <param name="UrgeId">Its id.</param>
/// <param name="Number">The case.</param>
/// <param name="Url">Its page.</param>
/// <param name="Who">Court and handler.</param>
/// <param name="About">About what, in words.</param>
/// <param name="Text">What was added.</param>
/// <param name="By">Who urged.</param>
/// <param name="At">When.</param>
/// <param name="Due">The day by which a reply is asked for.</param>
/// <param name="Reply">The handler's words.</param>
/// <param name="ReplyAt">When.</param>
/// <param name="MayReply">Whether the viewer is asked for it.</param>
internal sealed record TabletUrge(
    string UrgeId, string Number, string Url, string Who, string About, string? Text, string By, DateTimeOffset At, DateOnly? Due, string? Reply,
    DateTimeOffset? ReplyAt, bool MayReply);
