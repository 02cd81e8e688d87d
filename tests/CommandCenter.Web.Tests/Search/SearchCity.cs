using System.Text;
using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Tests.Search;

/// <summary>One case of a random city.</summary>
internal sealed record MadeCase(CaseNumber Number, int Court, string? Handler, long FiledAt, CaseStatus Status, IReadOnlyList<string> Names);

/// <summary>Random cases with names that meet each other often: few characters, some of several readings, some of other alphabets.</summary>
internal sealed class SearchCity
{
    private const string Characters = "张王李曾单重行上海浦江贸易公司有限三四";
    private static readonly string[] s_others = ["ABC", "Ltd.", "（集团）", "·", "３Ｍ", " ", "é", "𠮷", "龘"];

    public SearchCity(int seed, int count)
    {
        Random = new Random(seed);
        Cases = [.. Enumerable.Range(0, count).Select(_ => Make())];
        Index = new SearchIndex();
        for (var place = 0; place < count; place++)
        {
            Show(place, isNew: true);
        }
    }

    public Random Random { get; }

    public MadeCase[] Cases { get; }

    public SearchIndex Index { get; }

    public string Name() => string.Concat(Enumerable.Range(0, 1 + Random.Next(6)).Select(_ => Random.Next(5) == 0
        ? s_others[Random.Next(s_others.Length)]
        : Characters[Random.Next(Characters.Length)].ToString()));

    /// <summary>Shows a case to the index as it is now.</summary>
    public void Show(int place, bool isNew)
    {
        var made = Cases[place];
        var row = new CaseRow { Number = made.Number, Court = made.Court, FiledAt = made.FiledAt, Status = made.Status };
        Index.Put(place, in row, made.Handler, isNew ? Encoding.UTF8.GetBytes(string.Join(SearchIndex.PartyMark, [made.Number.ToString(), .. made.Names])) : []);
    }

    /// <summary>A question: a piece of a name, its initials, or of a number.</summary>
    public string Question()
    {
        var made = Cases[Random.Next(Cases.Length)];
        var of = Random.Next(4) switch
        {
            0 => made.Number.ToString(),
            1 => made.Handler ?? "甲",
            2 => string.Concat(made.Names.FirstOrDefault("张").Select(one => PinyinInitials.Of(one) is { Length: > 0 } letters ? letters[Random.Next(letters.Length)].ToString() : "")) + "s",
            _ => made.Names.FirstOrDefault("张三"),
        };
        var from = Random.Next(of.Length);
        return of.Substring(from, Math.Min(1 + Random.Next(5), of.Length - from));
    }

    private MadeCase Make() => new(
        new CaseNumber(2015 + Random.Next(3), ShippedConfig.Courts.Courts[Random.Next(4)].Mark, CaseType.All[Random.Next(3)], 1 + Random.Next(3_000)),
        Random.Next(6),
        Random.Next(5) == 0 ? null : "法官" + Characters[Random.Next(5)],
        new DateTime(2015, 1, 1).Ticks + (Random.Next(1_000) * TimeSpan.TicksPerDay),
        Random.Next(10) == 0 ? CaseStatus.Moved : CaseStatus.Open,
        [.. Enumerable.Range(0, Random.Next(4)).Select(_ => Name())]);
}
