using System.Text.Json;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Overview;

/// <summary>One product for the tests of the overview's pages, with seven cases: one overdue, one closed today, one of an intermediate court itself.</summary>
public sealed class OverviewCity : IAsyncLifetime
{
    public const string Area = "沪01";
    public const string Pudong = ShippedConfig.Pudong;
    public const string Xuhui = "沪0104";
    public const string Huangpu = "沪0101";
    public const long InFen = 12_345_678;

    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_applicants = ["示例贸易有限公司"];
    private static readonly string[] s_debtors = ["张三丰"];

    private readonly List<string> _lines = [];
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    internal ProductUnderTest Product { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Product = await ProductUnderTest.StartAsync();
        Filed(Pudong, 1, 0);
        Filed(Pudong, 2, 10);
        Add("case.assigned", Pudong, 2, 9, new { handler = "judge-1" });
        Add("case.node", Pudong, 2, 7.01, new { node = "TZ", phase = "done" });
        Filed(Pudong, 3, 300);
        Add("case.assigned", Pudong, 3, 299, new { handler = "judge-2" });
        Filed(Pudong, 4, 20);
        Add("case.assigned", Pudong, 4, 19.01, new { handler = "judge-2" });
        Add("case.closed", Pudong, 4, 0, new { way = "WB" });
        Filed(Xuhui, 5, 3);
        Add("case.assigned", Xuhui, 5, 2, new { handler = "judge-1" });
        Add("funds.received", Xuhui, 5, 0, new { amountFen = InFen, serial = "S-1", payer = "张三丰" });
        Filed(Huangpu, 6, 3);
        Filed(Area, 7, 2);
        var answer = await Product.SendAsync([.. _lines]);
        Assert.Equal(_lines.Count, answer.Accepted);

        // A start counts what is overdue at once; afterwards that is done every ten seconds.
        await Product.RestartAsync();
    }

    public ValueTask DisposeAsync() => Product.DisposeAsync();

    private void Filed(string court, int number, double daysAgo) => Add("case.filed", court, number, daysAgo, new
    {
        kind = "执",
        cause = "买卖合同纠纷",
        claimFen = 100_00L,
        basis = "民事判决书",
        applicants = s_applicants,
        debtors = s_debtors,
    });

    private void Add(string type, string court, int number, double daysAgo, object data) => _lines.Add(JsonSerializer.Serialize(
        new { id = $"{type}-{number}", type, at = _now.AddDays(-daysAgo).ToOffset(TimeSpan.FromHours(8)), court, @case = $"(2026){court}执{number}号", by = "test", data },
        s_json));
}
