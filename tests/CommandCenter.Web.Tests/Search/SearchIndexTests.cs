using System.Text;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Tests.Search;

public sealed class SearchIndexTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    /// <summary>The index packs, scans and counts bits; the naive search looks at every name of every case.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_search_finds_what_a_naive_search_finds_and_ranks_it_alike(int seed)
    {
        var city = new SearchCity(seed, 2_500); // More than two segments.
        for (var round = 0; round < 60; round++)
        {
            Change(city, round);
            var text = city.Question();
            if (!SearchPattern.TryMake(text, out var pattern))
            {
                continue;
            }

            var scope = city.Random.Next(3) == 0 ? null : new SearchScope(
                [.. Enumerable.Range(0, 6).Select(_ => city.Random.Next(2) == 0)], city.Random.Next(3) == 0 ? "法官张" : null);
            Assert.Equal($"{text}: {string.Join(' ', Naive(city, pattern, scope))}", $"{text}: {string.Join(' ', Found(city.Index.View(), pattern, scope))}");
        }
    }

    [Theory]
    [InlineData("zs", "张三", 0, 2)]
    [InlineData("ZS", "张三", 0, 2)]
    [InlineData("ｚｓ", "张三", 0, 2)]
    [InlineData("z s", "张三", 0, 2)]
    [InlineData("shpj", "上海浦江（集团）有限公司", 0, 4)]
    [InlineData("pjjt", "上海浦江（集团）有限公司", 2, 5)]
    [InlineData("jtyxgs", "上海浦江（集团）有限公司", 5, 7)]
    [InlineData("sx", "单雄信", 0, 2)]
    [InlineData("dx", "单雄信", 0, 2)]
    [InlineData("zgf", "曾国藩", 0, 3)]
    [InlineData("cgf", "曾国藩", 0, 3)]
    [InlineData("3mzg", "３Ｍ中国有限公司", 0, 4)]
    [InlineData("mmt", "买买提·吐尔逊", 0, 3)]
    [InlineData("mttex", "买买提·吐尔逊", 1, 6)]
    [InlineData("z", "张三", 0, 1)]
    public void Initials_find_a_name_and_any_part_of_it(string text, string name, int from, int length)
    {
        Assert.True(SearchPattern.TryMake(text, out var pattern));

        Assert.Equal(new SearchSpot(SearchRank.Initials, from, length), pattern.Locate(name));
    }

    [Theory]
    [InlineData("张三", "张三", SearchRank.WholeName)]
    [InlineData("张", "张三", SearchRank.NamePrefix)]
    [InlineData("三", "张三", SearchRank.None)] // One character is looked for where a name begins.
    [InlineData("s", "张三", SearchRank.None)]
    [InlineData("浦江", "上海浦江（集团）有限公司", SearchRank.Substring)]
    [InlineData("(集团)", "上海浦江（集团）有限公司", SearchRank.Substring)]
    [InlineData("pujiang", "PUJIANG (Group) Ltd.", SearchRank.NamePrefix)]
    [InlineData("GROUP", "Pujiang (Group) Ltd.", SearchRank.Substring)]
    [InlineData("zs", "李四", SearchRank.None)]
    [InlineData("%", "100%", SearchRank.None)]
    [InlineData("0%", "100%", SearchRank.Substring)]
    [InlineData(".*", "张三", SearchRank.None)]
    public void A_name_is_found_by_its_parts(string text, string name, byte rank)
    {
        Assert.True(SearchPattern.TryMake(text, out var pattern));

        Assert.Equal(rank, pattern.Locate(name).Rank);
    }

    [Fact]
    public void A_case_that_moved_is_not_found_where_it_was_and_a_new_name_is_found_beside_the_old()
    {
        var city = new SearchCity(1, 1);
        city.Cases[0] = city.Cases[0] with { Status = CaseStatus.Open, Court = 2 };
        city.Show(0, isNew: false);
        var row = new CaseRow { Number = city.Cases[0].Number, Court = 3, Status = CaseStatus.Open };
        city.Index.Put(0, in row, "新法官", Encoding.UTF8.GetBytes($"{row.Number}{SearchIndex.PartyMark}新名{SearchIndex.FormerMark}旧名"));

        Assert.True(SearchPattern.TryMake("新名", out var now));
        Assert.True(SearchPattern.TryMake("旧名", out var former));
        Assert.Single(Found(city.Index.View(), now, null));
        Assert.Single(Found(city.Index.View(), former, new SearchScope([false, false, false, true])));
        Assert.Empty(Found(city.Index.View(), former, new SearchScope([true, true, true, false])));

        row.Status = CaseStatus.Moved;
        city.Index.Put(0, in row, "新法官", []);
        Assert.Empty(Found(city.Index.View(), now, new SearchScope([true, true, true, true])));
        Assert.Single(Found(city.Index.View(), now, null));
    }

    [Fact]
    public async Task A_view_can_be_read_while_cases_come()
    {
        var city = new SearchCity(5, 900);
        Assert.True(SearchPattern.TryMake("张", out var pattern));
        var view = city.Index.View();
        var expected = Found(view, pattern, null);

        var writing = Task.Run(
            () =>
            {
                for (var place = 900; place < 20_000; place++)
                {
                    var row = new CaseRow { Number = city.Cases[place % 900].Number };
                    city.Index.Put(place, in row, "法官" + place, Encoding.UTF8.GetBytes($"{row.Number}{SearchIndex.PartyMark}张{place}"));
                }
            },
            Cancellation);
        while (!writing.IsCompleted)
        {
            Assert.Equal(expected, Found(view, pattern, null));
        }

        await writing;
        Assert.Equal(20_000, city.Index.Count);
    }

    [Fact]
    public void A_search_that_nobody_waits_for_ends()
    {
        var city = new SearchCity(2, 10);
        Assert.True(SearchPattern.TryMake("张", out var pattern));

        Assert.Throws<OperationCanceledException>(() => city.Index.View().Find(pattern, null, (_, _, _, _) => { }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_case_takes_less_than_a_hundred_bytes()
    {
        var index = new SearchIndex();
        for (var place = 0; place < 4_096; place++)
        {
            var row = new CaseRow { Number = new SearchCity(0, 1).Cases[0].Number };
            index.Put(place, in row, "法官", Encoding.UTF8.GetBytes($"{row.Number}{SearchIndex.PartyMark}张三丰{SearchIndex.PartyMark}上海示例国际贸易有限公司"));
        }

        Assert.InRange(index.SizeBytes / 4_096.0, 40, 60);
    }

    private static void Change(SearchCity city, int round)
    {
        var place = city.Random.Next(city.Cases.Length);
        city.Cases[place] = city.Cases[place] with { Court = city.Random.Next(6), Handler = "法官" + round, Names = [city.Name(), "张三" + round] };
        city.Show(place, isNew: true);
    }

    private static List<(int Place, byte Rank)> Found(SearchView view, SearchPattern pattern, SearchScope? scope)
    {
        var found = new List<(int Place, byte Rank)>();
        view.Find(pattern, scope, (_, _, place, rank) => found.Add((place, rank)), Cancellation);
        found.Sort();
        return found;
    }

    private static List<(int Place, byte Rank)> Naive(SearchCity city, SearchPattern pattern, SearchScope? scope) =>
    [
        .. city.Cases.Index()
            .Where(one => scope is null || (one.Item.Status != CaseStatus.Moved && scope.Courts[one.Item.Court] && (scope.Handler is null || scope.Handler == one.Item.Handler)))
            .Select(one => (one.Index, Rank: RankOf(one.Item, pattern)))
            .Where(one => one.Rank != SearchRank.None),
    ];

    private static byte RankOf(MadeCase made, SearchPattern pattern) => new[] { pattern.Locate(made.Number).Rank }
        .Concat(made.Names.Append(made.Handler ?? "").Select(name => NaiveRank(name, pattern))).Min();

    // Once more from the rules, without the code under test.
    private static byte NaiveRank(string name, SearchPattern pattern)
    {
        var (folded, wanted) = (SearchFold.Of(name), pattern.Folded);
        if (folded.Length == 0)
        {
            return SearchRank.None;
        }

        if (folded.StartsWith(wanted, StringComparison.Ordinal))
        {
            return folded == wanted ? SearchRank.WholeName : SearchRank.NamePrefix;
        }

        if (wanted.Length > 1 && folded.Contains(wanted, StringComparison.Ordinal))
        {
            return SearchRank.Substring;
        }

        var letters = wanted.Replace(" ", "", StringComparison.Ordinal);
        if (!letters.All(char.IsAsciiLetterOrDigit) || !letters.Any(char.IsAsciiLetter))
        {
            return SearchRank.None;
        }

        var typed = folded.Where(one => PinyinInitials.Classes[one] != PinyinInitials.Skipped).ToArray();
        return Enumerable.Range(0, letters.Length == 1 ? Math.Min(1, typed.Length) : typed.Length).Any(from =>
            from + letters.Length <= typed.Length && letters.Index().All(letter => PinyinInitials.Of(typed[from + letter.Index]).Contains(letter.Item)))
            ? SearchRank.Initials
            : SearchRank.None;
    }
}
