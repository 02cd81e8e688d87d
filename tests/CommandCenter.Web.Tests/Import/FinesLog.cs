using System.Globalization;
using System.Text;

namespace CommandCenter.Web.Tests.Import;

/// <summary>Writes small traffic-fine logs: one method for each activity, each row a day after the one before.</summary>
internal sealed class FinesLog
{
    public const string Header =
        "case,seq,activity,timestamp,amount,totalPaymentAmount,paymentAmount,expense,org:resource,dismissal,vehicleClass,"
        + "article,points,notificationType,lastSent,matricola,lifecycle:transition\n";

    private readonly StringBuilder _rows = new(Header);
    private readonly Dictionary<string, int> _sequence = [];
    private DateOnly _day = new(2004, 3, 1);

    public override string ToString() => _rows.ToString();

    public FinesLog Create(string id, string amount, string officer = "561") => Row(id, "Create Fine", amount: amount, officer: officer);

    public FinesLog Send(string id, string expense) => Row(id, "Send Fine", expense: expense);

    public FinesLog Penalty(string id, string amount) => Row(id, "Add penalty", amount: amount);

    public FinesLog Pay(string id, string amount) => Row(id, "Payment", payment: amount);

    public FinesLog Collect(string id) => Row(id, "Send for Credit Collection");

    public FinesLog Row(
        string id, string activity, string amount = "", string payment = "", string expense = "", string officer = "", string? time = null)
    {
        var sequence = _sequence[id] = _sequence.GetValueOrDefault(id, -1) + 1;
        _day = _day.AddDays(1);
        time ??= _day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00+01:00";
        _rows.Append(CultureInfo.InvariantCulture, $"{id},{sequence},{activity},{time},{amount},,{payment},{expense},{officer},NIL,A,157,0,,,,complete\n");
        return this;
    }
}
