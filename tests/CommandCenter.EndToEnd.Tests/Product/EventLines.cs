using System.Text.Encodings.Web;
using System.Text.Json;

namespace CommandCenter.EndToEnd.Tests.Product;

/// <summary>Event lines as a source system would send them; each stands alone and happens now.</summary>
internal static class EventLines
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan s_shanghai = TimeSpan.FromHours(8);

    private const string Pudong = "沪0115";

    /// <summary>A case is filed: received and pending go up by one.</summary>
    public static string Filed(int number, string court = Pudong) => Line($"filed-{number}", "case.filed", number, court, new
    {
        kind = "执",
        cause = "买卖合同纠纷",
        claimFen = 100_000_00L,
        basis = "民事判决书",
        applicants = new[] { $"申请人{number}" },
        debtors = new[] { $"被执行人{number}" },
    });

    /// <summary>Money of a case arrives at the court.</summary>
    public static string MoneyReceived(int number, int payment, long amountFen, string court = Pudong) => Line($"received-{number}-{payment}", "funds.received", number, court, new
    {
        amountFen,
        serial = $"S{number}-{payment}",
        payer = $"被执行人{number}",
    });

    /// <summary>A case gets its handler.</summary>
    public static string Assigned(int number, string handler, string court = Pudong) => Line($"assigned-{number}-{handler}", "case.assigned", number, court, new { handler });

    /// <summary>The number of the case that <see cref="Filed"/> files.</summary>
    public static string NumberOf(int number, string court = Pudong) =>
        $"({TimeProvider.System.GetUtcNow().ToOffset(s_shanghai).Year}){court}执{number}号";

    private static string Line(string id, string type, int number, string court, object data)
    {
        var now = TimeProvider.System.GetUtcNow().ToOffset(s_shanghai);
        return JsonSerializer.Serialize(
            new { id, type, at = now, court, @case = NumberOf(number, court), by = "end-to-end", data }, s_json);
    }
}
