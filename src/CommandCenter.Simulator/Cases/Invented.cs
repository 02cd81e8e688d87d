using System.Globalization;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Cases;

/// <summary>Names that nobody could take for those of real persons, and the words of a case file.</summary>
internal static class Invented
{
    private static readonly string[] s_stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    private static readonly string[] s_trades = ["贸易", "建材", "物流", "餐饮", "科技", "置业", "商务", "机械"];

    private static readonly string[] s_causes =
    [
        "民间借贷纠纷", "金融借款合同纠纷", "买卖合同纠纷", "劳动争议", "信用卡纠纷", "房屋租赁合同纠纷",
        "机动车交通事故责任纠纷", "物业服务合同纠纷", "建设工程合同纠纷", "离婚后财产纠纷",
    ];

    private static readonly double[] s_causeWeights = [20, 18, 16, 12, 10, 7, 6, 5, 4, 2];

    /// <summary>What a case says when it is filed.</summary>
    public static EventData.CaseFiled Filing(SeededRandom random, CaseIdentity @case, long claimFen, string? parent) => new(
        @case.Kind.Mark,
        s_causes[random.Weighted(s_causeWeights)],
        claimFen,
        string.Create(
            CultureInfo.InvariantCulture,
            $"({@case.Year - random.Between(0, 1)}){@case.Court.Mark}民初{random.Between(1, 48_000)}号民事判决书"),
        Parties(random, "申请人", companyShare: 0.45),
        Parties(random, "被执行人", companyShare: 0.35),
        parent);

    /// <summary>承办人 of a court, by number.</summary>
    public static string Handler(SeededRandom random, Court court) =>
        string.Create(CultureInfo.InvariantCulture, $"handler-{court.Code}-{random.Between(1, court.HandlerCount):D2}");

    /// <summary>A party: 申请人甲0123, or 示例贸易甲0123有限公司.</summary>
    /// <param name="random">What draws it.</param>
    /// <param name="role">申请人 or 被执行人.</param>
    /// <param name="companyShare">How likely it is a company.</param>
    public static string Party(SeededRandom random, string role, double companyShare)
    {
        var stem = random.OneOf(s_stems);
        var number = random.Between(0, 9_999);
        return random.Happens(companyShare)
            ? string.Create(CultureInfo.InvariantCulture, $"示例{random.OneOf(s_trades)}{stem}{number:D4}有限公司")
            : string.Create(CultureInfo.InvariantCulture, $"{role}{stem}{number:D4}");
    }

    private static List<string> Parties(SeededRandom random, string role, double companyShare)
    {
        var parties = new List<string> { Party(random, role, companyShare) };
        while (parties.Count < 4 && random.Happens(0.18))
        {
            var another = Party(random, role, companyShare);
            if (!parties.Contains(another))
            {
                parties.Add(another);
            }
        }

        return parties;
    }
}
