using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Urging;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Tablet;

/// <summary>Puts what a tablet shows into words, in one language and with the links of one look. Names of parties never leave it unmasked.</summary>
internal sealed class TabletWords(GrainHost grains, PageLook look)
{
    private const int ListMax = 8;
    private const int UrgesMax = 30;
    private const int AnsweredDays = 7;

    public TabletView Of(TabletFacts facts)
    {
        var own = OwnBoards(facts);
        var urged = facts.Urges.Where(static item => item.Urge.Answer is null).GroupBy(static item => item.Number)
            .ToDictionary(static one => one.Key, static one => one.Max(item => item.Urge.At));
        var today = ShanghaiTime.DayOf(facts.Now);
        var limits = First(own.SelectMany(static board => board.Limits), static item => item.Days, static item => item.Number);
        var controls = First(own.SelectMany(static board => board.Controls), static item => item.Days, static item => item.Number);
        var money = First(own.SelectMany(static board => board.Money), static item => -(item.Days ?? -1), static item => item.Number);
        var pulse = new TabletPulse(
            "", facts.Scope.Handler is null ? facts.Figures.AsOf : CountedAt(facts) ?? facts.Now, 0, "", Note(facts),
            [.. facts.Scope.Handler is null ? ChiefFigures(facts, own, today) : HandlerFigures(facts, own)], CountedAt(facts),
            [
                new TabletLapse(T("lapses.controls"), Count(own.Sum(static board => board.Lapsed)), Within(own, static board => board.ControlsWithin)),
                new TabletLapse(T("lapses.limits"), Count(own.Sum(static board => board.Overdue)), Within(own, static board => board.LimitsWithin)),
            ],
            WaitingSum(own));
        return new TabletView(
            pulse, facts.Scope.Handler is { Length: > 0 } handler ? handler : DeskNames.Of(facts.Court, look.Language), Date(facts.Now),
            Things(facts, own, limits, controls, money, urged),
            [.. Next(facts, limits, controls, urged)],
            [.. money.Take(ListMax).Select(item => OfMoney(facts, item, urged))],
            [.. Late(facts, own, urged)],
            [.. Urges(facts)]);
    }

    private static IReadOnlyList<HandlerBoard> OwnBoards(TabletFacts facts) =>
        [.. facts.Boards.SelectMany(static board => board.Handlers).Where(board => facts.Scope.Handler is not { } handler || (handler.Length > 0 && board.Handler == handler))];

    private static DateTimeOffset? CountedAt(TabletFacts facts) => facts.Boards.Count == 0 ? null : facts.Boards.Min(static board => board.CountedAt);

    private static IReadOnlyList<T> First<T>(IEnumerable<T> items, Func<T, int> daysOf, Func<T, CaseNumber> numberOf) =>
        [.. items.OrderBy(daysOf).ThenBy(item => numberOf(item).ToString(), StringComparer.Ordinal).Take(HandlerBoard.FirstMax * 2)];

    private static string[] Within(IReadOnlyList<HandlerBoard> own, Func<HandlerBoard, IReadOnlyList<long>> countsOf) =>
        [.. BoardDays.Ahead.Select((_, i) => Count(own.Sum(board => countsOf(board)[i])))];

    // ---- figures

    private IEnumerable<TabletFigure> ChiefFigures(TabletFacts facts, IReadOnlyList<HandlerBoard> own, DateOnly today)
    {
        var sums = CityTotals.Of([.. facts.Figures.Courts.Where(court => facts.Scope.Has(court.Mark))]);
        var marks = new RecountMarks(facts.Figures.Recount, facts.Figures.AsOf);
        var courts = facts.Scope.Courts.Select(static court => court.Mark).ToHashSet(StringComparer.Ordinal);
        TabletFigure[] figures =
        [
            Proved(Number("pending", sums.Pending, "", UrlOf("pending")), "pending.today"),
            Proved(Number("received", sums.Today.Received, "", UrlOf("received.today")), "received.today"),
            Proved(Number("closed", sums.Today.Closed, "", UrlOf("closed.today")), "closed.today"),
            Proved(Number("overdue", sums.Overdue, sums.Overdue > 0 ? "bad" : "", UrlOf("overdue")), "overdue"),
            Proved(Money("in", sums.Today.FundsInFen, UrlOf("in.today")), "in.today"),
            Proved(Money("out", sums.Today.FundsOutFen, UrlOf("out.today")), "out.today"),
        ];
        return figures.Concat(Soon(facts, own));

        string? UrlOf(string figure) => Drill.UrlOf(figure, facts.Court.Mark, today);
        TabletFigure Proved(TabletFigure shown, string figure) =>
            shown with { Proof = RecountWords.ViewOf(marks.Of(figure, courts), facts.Figures, look.Language) };
    }

    private IEnumerable<TabletFigure> HandlerFigures(TabletFacts facts, IReadOnlyList<HandlerBoard> own)
    {
        var isKnown = facts.Boards.Count > 0;
        long? overdue = isKnown ? own.Sum(static board => board.Overdue) : null;
        yield return Number("pending", isKnown ? own.Sum(static board => board.Pending) : null, "", CaseLinks.Url(new CaseParameters { Kind = "main", Status = "pending", Sort = "dueAt" }, look));
        yield return Number("overdue", overdue, overdue > 0 ? "bad" : "", CaseLinks.Url(new CaseParameters { Kind = "main", Overdue = "true", Sort = "dueAt" }, look));
        foreach (var figure in Soon(facts, own))
        {
            yield return figure;
        }

        yield return Money("waiting", own.Sum(static board => board.Waiting.Fen), null);
    }

    private IEnumerable<TabletFigure> Soon(TabletFacts facts, IReadOnlyList<HandlerBoard> own)
    {
        var isKnown = facts.Boards.Count > 0;
        long? controls = isKnown ? own.Sum(static board => board.ControlsWithin[1]) : null;
        long? limits = isKnown ? own.Sum(static board => board.LimitsWithin[1]) : null;
        yield return Number("controls", controls, controls > 0 ? "warn" : "", null);
        yield return Number("limits", limits, limits > 0 ? "warn" : "", null);
    }

    private TabletFigure Number(string key, long? count, string mark, string? url)
    {
        var text = count is { } known ? Count(known) : "—"; // Unknown is not zero.
        return new TabletFigure(key, T("figure." + key), text, "", text, mark, url is null ? null : WithLook(url));
    }

    private TabletFigure Money(string key, long fen, string? url)
    {
        var money = MoneyText.Of(fen, look.Language);
        return new TabletFigure(key, T("figure." + key), money.Value, money.Unit, money.Exact, "", url is null ? null : WithLook(url));
    }

    private string Note(TabletFacts facts)
    {
        var stopped = facts.Figures.Stopped.SelectMany(static part => part.CourtMarks).Where(facts.Scope.Has).Select(NameOf).ToArray();
        return stopped.Length == 0 ? "" : F("stopped", string.Join(T("join"), stopped));
    }

    // ---- things

    private IReadOnlyList<TabletCase> Things(
        TabletFacts facts, IReadOnlyList<HandlerBoard> own, IReadOnlyList<LimitItem> limits, IReadOnlyList<ControlItem> controls, IReadOnlyList<MoneyItem> money,
        Dictionary<CaseNumber, DateTimeOffset> urged)
    {
        var candidates = new List<(ThingKind Kind, TabletCase Case)>();
        foreach (var item in controls)
        {
            if (ThingsToday.OfControl(item.Days) is { } kind)
            {
                candidates.Add((kind, Row(
                    facts, item.Court, item.Number, item.Handler, MarkOf(kind), F("thing." + kind, ClassName(item), ActName(item)), T("rule." + kind),
                    DaysText(item.Days), UrgeAbout.Control, urged)));
            }
        }

        foreach (var item in limits)
        {
            var kind = ThingsToday.OfLimit(item.Days);
            candidates.Add((kind, Row(
                facts, item.Court, item.Number, item.Handler, MarkOf(kind), T("thing." + kind),
                T("rule." + kind), DaysText(item.Days), UrgeAbout.Limit, urged)));
        }

        foreach (var item in money)
        {
            if (ThingsToday.OfMoney(item.Days) is { } kind)
            {
                candidates.Add((kind, OfMoney(facts, item, urged) with { What = F("thing." + kind, PartyMask.Of(item.Payee), item.Days!), Why = T("rule." + kind), Mark = MarkOf(kind) }));
            }
        }

        foreach (var item in facts.Urges.Where(item => WaitsTooLong(facts, item)).OrderBy(static item => item.Urge.At))
        {
            var days = (int)(facts.Now - item.Urge.At).TotalDays;
            candidates.Add((ThingKind.UrgeWaits, Row(
                facts, item.Court, item.Number, item.Handler, MarkOf(ThingKind.UrgeWaits), facts.Scope.Handler is null ? T("thing.UrgeWaits") : F("thing.UrgeWaits.handler", item.Urge.By),
                F("rule.UrgeWaits", AboutText(item.Urge)), F("days", days), item.Urge.About, urged)));
        }

        var seen = new HashSet<ThingKind>();
        return [.. ThingsToday.Pick(candidates, static one => one.Kind).Select(one =>
        {
            var more = seen.Add(one.Kind) ? CountOf(one.Kind, own) - 1 : 0;
            return more > 0 ? one.Case with { Why = one.Case.Why + " · " + F("more", Count(more)) } : one.Case;
        })];
    }

    // What a handler was told waits for him at once; a chief wants to see what was left lying.
    private static bool WaitsTooLong(TabletFacts facts, UrgeItem item) => item.Urge.Answer is null
        && (facts.Scope.Handler is not null
            || (item.Urge.Due is { } due ? ShanghaiTime.DayOf(facts.Now) > due : facts.Now - item.Urge.At >= TimeSpan.FromDays(ThingsToday.UrgeDays)));

    private static long CountOf(ThingKind kind, IReadOnlyList<HandlerBoard> own) => kind switch
    {
        ThingKind.ControlNow => own.Sum(static board => board.ControlsWithin[0]),
        ThingKind.ControlSoon => own.Sum(static board => board.ControlsWithin[1] - board.ControlsWithin[0]),
        ThingKind.ControlLater => own.Sum(static board => board.ControlsWithin[^1] - board.ControlsWithin[1]),
        ThingKind.LimitNow => own.Sum(static board => board.LimitsWithin[0]),
        ThingKind.LimitSoon => own.Sum(static board => board.LimitsWithin[1] - board.LimitsWithin[0]),
        ThingKind.LimitLater => own.Sum(static board => board.LimitsWithin[^1] - board.LimitsWithin[1]),
        ThingKind.Overdue => own.Sum(static board => board.Overdue),
        ThingKind.MoneyLong => own.Sum(static board => board.WaitingLong.Cases),
        _ => 0,
    };

    private static string MarkOf(ThingKind kind) => kind switch
    {
        ThingKind.ControlNow or ThingKind.LimitNow or ThingKind.MoneyLong or ThingKind.Overdue => "bad",
        ThingKind.ControlLater or ThingKind.LimitLater => "",
        _ => "warn",
    };

    // ---- lists

    private IEnumerable<TabletCase> Next(
        TabletFacts facts, IReadOnlyList<LimitItem> limits, IReadOnlyList<ControlItem> controls, Dictionary<CaseNumber, DateTimeOffset> urged) =>
        controls.Select(item => (item.Days, Row: Row(
                facts, item.Court, item.Number, item.Handler, DayMark(item.Days), F("next.control", ClassName(item), ActName(item)), "", DayText(item.Days), UrgeAbout.Control, urged)))
            .Concat(limits.Where(static item => item.Days >= 0).Select(item => (item.Days, Row: Row(
                facts, item.Court, item.Number, item.Handler, DayMark(item.Days), T("next.limit"), "", DayText(item.Days), UrgeAbout.Limit, urged))))
            .OrderBy(static one => one.Days).Take(ListMax).Select(static one => one.Row);

    private TabletCase OfMoney(TabletFacts facts, MoneyItem item, Dictionary<CaseNumber, DateTimeOffset> urged)
    {
        var money = MoneyText.Of(item.Fen, look.Language);
        return Row(
            facts, item.Court, item.Number, item.Handler, item.Days > BoardDays.MoneyMax ? "bad" : "", PartyMask.Of(item.Payee),
            item.Days is { } days ? F("days", days) : T("days.undated"), money.Value + (money.Unit.Length == 0 ? "" : " " + money.Unit), UrgeAbout.Money, urged);
    }

    private string WaitingSum(IReadOnlyList<HandlerBoard> own)
    {
        var money = MoneyText.Of(own.Sum(static board => board.Waiting.Fen), look.Language);
        var undated = own.Sum(static board => board.WaitingUndated);
        var dates = undated == 0 ? "" : F("waiting.undated", Count(undated));
        return F("waiting.sum", Count(own.Sum(static board => board.Waiting.Cases)), money.Value, (look.IsEnglish ? "" : " ") + money.Unit, Count(own.Sum(static board => board.WaitingLong.Cases))) + dates;
    }

    private IEnumerable<TabletCase> Late(TabletFacts facts, IReadOnlyList<HandlerBoard> own, Dictionary<CaseNumber, DateTimeOffset> urged) => own
        .Where(static board => board.Overdue > 0)
        .OrderByDescending(static board => board.Overdue).ThenBy(static board => board.Limits.First().Days).ThenBy(static board => board.Handler, StringComparer.Ordinal)
        .Take(ListMax)
        .Select(board =>
        {
            var worst = board.Limits.First();
            var row = Row(facts, worst.Court, worst.Number, board.Handler, "bad", board.Handler ?? T("who.none"), F("late.oldest", -worst.Days), F("late.cases", Count(board.Overdue)), UrgeAbout.Limit, urged);
            return row with
            {
                Who = facts.Court.Scope.Count > 1 ? NameOf(grains.Courts.Courts[worst.Court].Mark) : "",
                ListUrl = CaseLinks.Url(
                    new CaseParameters { Scope = grains.Courts.Courts[worst.Court].Mark, Kind = "main", Overdue = "true", Handler = board.Handler, Sort = "dueAt" }, look),
            };
        });

    private IEnumerable<TabletUrge> Urges(TabletFacts facts) => facts.Urges
        .Where(item => item.Urge.Answer is not { } answer || facts.Now - answer.At < TimeSpan.FromDays(AnsweredDays))
        .OrderBy(static item => item.Urge.Answer is not null)
        .ThenBy(static item => item.Urge.Answer is null ? item.Urge.At.UtcTicks : -item.Urge.Answer.At.UtcTicks)
        .Take(UrgesMax)
        .Select(item => new TabletUrge(
            item.Urge.Id, item.Number.ToString(), CaseLinks.CaseUrl(item.Number.ToString(), look), Who(facts, item.Court, item.Handler),
            UrgeTexts.Of("about." + UrgeView.NameOf(item.Urge.About), look.Language), Masked(item.Urge.Text), item.Urge.By, item.Urge.At, item.Urge.Due,
            Masked(item.Urge.Answer?.Text), item.Urge.Answer?.At, MayReply: facts.Scope.Handler is not null && item.Urge.Answer is null));

    private TabletCase Row(
        TabletFacts facts, int court, CaseNumber number, string? handler, string mark, string what, string why, string big, UrgeAbout about,
        Dictionary<CaseNumber, DateTimeOffset> urged) => new(
        mark, what, why, big, number.ToString(), CaseLinks.CaseUrl(number.ToString(), look), null, Who(facts, court, handler), handler,
        facts.MayUrge && handler is not null ? UrgeView.NameOf(about) : null, urged.TryGetValue(number, out var at) ? at : null);

    // A chief of one court knows which it is, and a handler who he is.
    private string Who(TabletFacts facts, int court, string? handler)
    {
        if (facts.Scope.Handler is not null)
        {
            return "";
        }

        var name = handler ?? T("who.none");
        return facts.Court.Scope.Count > 1 ? NameOf(grains.Courts.Courts[court].Mark) + " · " + name : name;
    }

    private string NameOf(string mark) => grains.Courts.TryFind(mark, out var court) ? PartText.NameOf(court, look.Language) : mark;

    private string AboutText(Urge urge)
    {
        var about = UrgeTexts.Of("about." + UrgeView.NameOf(urge.About), look.Language);
        return Masked(urge.Text) is { } text ? about + " · " + text : about;
    }

    // What a tablet keeps without a network is masked whoever wrote it.
    private static string? Masked(string? text) => text is null ? null : PersonMask.On.Text(text);

    private string ClassName(ControlItem item) => WatchTexts.Of("class." + item.Class, look.Language);

    private string ActName(ControlItem item) => WatchTexts.Of("act." + item.Act, look.Language);

    private static string DayMark(int days) => days <= 1 ? "bad" : days <= 7 ? "warn" : "";

    private string DayText(int days) => days is 0 or 1 ? T("day." + days) : F("day.n", days);

    // Of what is past the count of days, of what comes the day.
    private string DaysText(int days) => days < 0 ? F("days.over", -days) : DayText(days);

    private string Date(DateTimeOffset now)
    {
        var local = TimeText.InShanghai(now);
        var weekday = WallTexts.Of("date.weekdays", look.Language).Split(' ')[(int)local.DayOfWeek];
        var month = look.IsEnglish ? WallTexts.Of("date.months", look.Language).Split(' ')[local.Month - 1] : local.Month.ToString(CultureInfo.InvariantCulture);
        return look.IsEnglish ? string.Create(CultureInfo.InvariantCulture, $"{weekday} {local.Day} {month}") : F("date", month, local.Day, weekday);
    }

    // Links of the drill-down bring no look of their own.
    private string WithLook(string url) => url.Contains("lang=", StringComparison.Ordinal) || url.Contains("theme=", StringComparison.Ordinal) ? url : look.Url(url);

    private static string Count(long count) => CountText.Of(count);

    private string T(string key) => TabletTexts.Of(key, look.Language);

    private string F(string key, params object[] values) => TabletTexts.Format(key, look.Language, values);
}
