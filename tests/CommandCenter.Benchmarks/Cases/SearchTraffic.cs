using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Benchmarks.Cases;

/// <summary>
/// Cases with the names of a whole city, filed and assigned, one after the other: some banks that appear in every fifth case, and otherwise
/// hardly two people or companies of the same name, as it would be hardest for an index. The same seed gives the same cases.
/// </summary>
internal sealed class SearchTraffic
{
    private const int LineBytesMax = 2_048;
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛单仇区解";
    private static readonly string[] s_trades = ["贸易", "建筑工程", "物业管理", "餐饮管理", "信息科技", "国际物流", "投资管理", "服饰", "医疗器械", "汽车租赁"];
    private static readonly string[] s_banks =
    [
        "中国工商银行股份有限公司上海市分行", "中国建设银行股份有限公司上海浦东分行", "上海农村商业银行股份有限公司徐汇支行", "招商银行股份有限公司信用卡中心",
        "中国平安财产保险股份有限公司上海分公司",
    ];

    // As many characters as given names and companies are made of; which ones does not matter to an index.
    private static readonly char[] s_given = [.. Enumerable.Range(0x5B50, 600).Select(static unit => (char)unit)];

    private readonly Random _random;
    private readonly int _source;
    private readonly int _sourceCount;
    private readonly int _caseCount;
    private int _cases;
    private Court? _assignTo;

#pragma warning disable CA5394 // Repeatable, not secret.
    public SearchTraffic(int source, int sourceCount, int caseCount)
    {
        _random = new Random(source + 1);
        _source = source;
        _sourceCount = sourceCount;
        _caseCount = caseCount;
    }

    public static string Person(Random random) => string.Create(
        random.Next(4) == 0 ? 2 : 3, random, static (name, random) =>
        {
            name[0] = Surnames[random.Next(Surnames.Length)];
            for (var i = 1; i < name.Length; i++)
            {
                name[i] = s_given[random.Next(s_given.Length)];
            }
        });

    public static string Company(Random random) =>
        $"上海{s_given[random.Next(s_given.Length)]}{s_given[random.Next(s_given.Length)]}{s_trades[random.Next(s_trades.Length)]}有限公司";

    /// <summary>Writes the next event.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Write(IBufferWriter<byte> to)
    {
        if (_assignTo is { } court)
        {
            _assignTo = null;
            Write(to, "case.assigned", court, _cases++, $"{{\"handler\":\"{Invented.Handler(court, _random.Next(Invented.HandlersPerCourt))}\"}}");
            return true;
        }

        if (_cases == _caseCount)
        {
            return false;
        }

        _assignTo = Invented.Courts[_random.Next(Invented.Courts.Length)];
        var applicant = _random.Next(5) == 0 ? s_banks[_random.Next(s_banks.Length)] : Name();
        Write(
            to, "case.filed", _assignTo, _cases,
            $"{{\"kind\":\"执\",\"cause\":\"{Invented.Causes[_random.Next(Invented.Causes.Length)]}\",\"claimFen\":100000,\"basis\":\"民事判决书\",\"applicants\":[\"{applicant}\"],\"debtors\":[\"{Name()}\"]}}");
        return true;
    }

    private string Name() => _random.Next(3) == 0 ? Company(_random) : Person(_random);

    private void Write(IBufferWriter<byte> to, string type, Court court, int index, string data)
    {
        var number = 1 + _source + (index * _sourceCount);
        var at = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(8)).AddSeconds(number * 10L);
        _ = Utf8.TryWrite(
            to.GetSpan(LineBytesMax), CultureInfo.InvariantCulture,
            $"{{\"id\":\"{type}-{number}\",\"type\":\"{type}\",\"at\":\"{at:yyyy-MM-dd'T'HH:mm:ss}+08:00\",\"court\":\"{court.Mark}\",\"case\":\"(2026){court.Mark}执{number}号\",\"data\":{data}}}\n",
            out var length);
        to.Advance(length);
    }
#pragma warning restore CA5394
}
