using System.Globalization;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Traffic;

/// <summary>Courts, names and causes that events are made of; as many different ones as a city has.</summary>
internal static class Invented
{
    public const int HandlersPerCourt = 40;

    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹";
    private const string GivenNames = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉建国志红文斌";

    public static readonly string[] Causes =
    [
        "买卖合同纠纷", "民间借贷纠纷", "金融借款合同纠纷", "房屋租赁合同纠纷", "劳动争议", "离婚纠纷", "机动车交通事故责任纠纷", "建设工程施工合同纠纷",
        "物业服务合同纠纷", "信用卡纠纷", "股权转让纠纷", "追偿权纠纷", "著作权权属、侵权纠纷", "保证合同纠纷", "服务合同纠纷", "继承纠纷",
    ];

    private static readonly string[] s_trades = ["贸易", "建筑工程", "物业管理", "餐饮管理", "科技", "物流", "投资管理", "服饰"];

    /// <summary>The courts that have cases of their own; basic courts have nearly all.</summary>
    public static readonly Court[] Courts =
        [.. ShippedConfig.Courts.Courts.Where(static court => court.Definition.Superior is not null)];

    public static string Person(Random random) => string.Create(
        random.Next(3) == 0 ? 2 : 3, random, static (name, random) =>
        {
            name[0] = Surnames[random.Next(Surnames.Length)];
            for (var i = 1; i < name.Length; i++)
            {
                name[i] = GivenNames[random.Next(GivenNames.Length)];
            }
        });

    public static string Company(Random random) =>
        $"上海{GivenNames[random.Next(GivenNames.Length)]}{GivenNames[random.Next(GivenNames.Length)]}{s_trades[random.Next(s_trades.Length)]}有限公司";

    public static string Handler(Court court, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{court.Mark}-法官{number % HandlersPerCourt:D2}");
}
