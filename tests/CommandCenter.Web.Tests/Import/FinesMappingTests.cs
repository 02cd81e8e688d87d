using System.Text.Json;
using CommandCenter.Web.Import;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

/// <summary>The shipped traffic-fines mapping on small logs of every kind that other years of the log hold.</summary>
public sealed class FinesMappingTests
{
    [Fact]
    public async Task A_fine_is_filed_with_its_claim_and_given_to_its_officer()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0", officer: "99999"));

        var filed = sink.Events[0];
        Assert.Equal("traffic-fines:A1:0", filed.GetProperty("id").GetString());
        Assert.Equal("2004-03-02T00:00:00+01:00", filed.GetProperty("at").GetString());
        Assert.Equal("officer-99999", filed.GetProperty("by").GetString());
        Assert.Equal($"(2000){filed.GetProperty("court").GetString()}执1000001号", filed.GetProperty("case").GetString());
        var data = filed.GetProperty("data");
        Assert.Equal(("执", 3500L), (data.GetProperty("kind").GetString(), data.GetProperty("claimFen").GetInt64()));
        Assert.Contains("157", data.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal("当事人A1", Assert.Single(data.GetProperty("debtors").EnumerateArray()).GetString());
        Assert.Equal("traffic-fines:A1:0:1", sink.Events[1].GetProperty("id").GetString());
        Assert.Equal("officer-99999", sink.Events[1].GetProperty("data").GetProperty("handler").GetString());
    }

    [Fact]
    public async Task A_fine_without_an_officer_is_filed_by_the_import_and_given_to_nobody()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0", officer: ""));

        Assert.Equal("import-traffic-fines", Assert.Single(sink.Events).GetProperty("by").GetString());
    }

    [Fact]
    public async Task Costs_and_the_new_fine_after_a_penalty_make_the_claim()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0").Send("A1", "11.0").Penalty("A1", "71.5"));

        Assert.Equal([4600L, 8250L], Of(sink, "case.claimChanged").Select(data => data.GetProperty("claimFen").GetInt64()));
    }

    [Fact]
    public async Task The_payment_that_reaches_the_claim_closes_the_case()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0").Send("A1", "11.0").Pay("A1", "45.99").Pay("A1", "0.01"));

        Assert.Equal("WB", Assert.Single(sink.WayByCase.Values));
        Assert.Equal("traffic-fines:A1:3:close", sink.Events[^1].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_payment_that_falls_one_fen_short_leaves_the_case_open()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0").Pay("A1", "34.99"));

        Assert.Null(Assert.Single(sink.WayByCase.Values));
    }

    [Fact]
    public async Task A_later_rise_above_the_money_revokes_the_closing_before_the_rise_is_told()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0").Pay("A1", "35.0").Send("A1", "11.0"));

        Assert.Equal(
            ["case.filed", "case.assigned", "funds.received", "case.closed", "case.closingRevoked", "case.node", "case.claimChanged"],
            sink.Events.Select(line => line.GetProperty("type").GetString()));
        Assert.Null(Assert.Single(sink.WayByCase.Values));
    }

    [Fact]
    public async Task A_rise_that_an_over_payment_covers_revokes_nothing()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0").Pay("A1", "46.0").Send("A1", "11.0"));

        Assert.Equal(("WB", 0), (Assert.Single(sink.WayByCase.Values), sink.Revocations));
    }

    [Fact]
    public async Task A_fall_of_the_claim_closes_nothing_until_the_next_payment()
    {
        var log = new FinesLog().Create("A1", "50.0").Pay("A1", "30.0").Penalty("A1", "20.0");
        var (before, _) = await Import(log);
        var (after, _) = await Import(log.Pay("A1", "0.0"));

        Assert.Null(Assert.Single(before.WayByCase.Values));
        Assert.Equal("WB", Assert.Single(after.WayByCase.Values));
        Assert.Equal(3000, after.MoneyInFen);
    }

    [Fact]
    public async Task A_case_can_close_and_open_again_several_times()
    {
        var (sink, report) = await Import(new FinesLog()
            .Create("A1", "10.0").Pay("A1", "10.0").Send("A1", "5.0").Pay("A1", "5.0").Penalty("A1", "20.0").Pay("A1", "10.0"));

        Assert.Equal((2, "WB", 0), (sink.Revocations, Assert.Single(sink.WayByCase.Values), (int)report.RejectedCount));
    }

    [Fact]
    public async Task Fifteen_payments_are_fifteen_receipts_with_serials_of_their_own()
    {
        var log = new FinesLog().Create("A1", "1500.0");
        for (var i = 0; i < 15; i++)
        {
            log.Pay("A1", "100.0");
        }

        var (sink, _) = await Import(log);

        Assert.Equal(15, Of(sink, "funds.received").Select(data => data.GetProperty("serial").GetString()).Distinct().Count());
        Assert.Equal((150_000, "WB"), (sink.MoneyInFen, Assert.Single(sink.WayByCase.Values)));
    }

    [Fact]
    public async Task Credit_collection_of_a_paid_case_is_sent_and_refused_by_the_domain()
    {
        using var lab = new ImportLab();
        var (sink, report) = await Import(new FinesLog().Create("A1", "35.0").Pay("A1", "35.0").Collect("A1"), lab);

        Assert.Equal([("traffic-fines:A1:2", "case.already-closed")], sink.Refused);
        Assert.Equal(1, report.Rejected["case.already-closed"]);
        Assert.Equal("WB", Assert.Single(sink.WayByCase.Values));
    }

    [Fact]
    public async Task Money_after_credit_collection_is_received_and_closes_nothing_again()
    {
        var (sink, report) = await Import(new FinesLog().Create("A1", "35.0").Collect("A1").Pay("A1", "35.0").Penalty("A1", "90.0"));

        Assert.Equal((0L, 3500L, "ZB", 0), (report.RejectedCount, sink.MoneyInFen, Assert.Single(sink.WayByCase.Values), sink.Revocations));
    }

    [Fact]
    public async Task Appeals_in_odd_order_keep_their_own_occurrences()
    {
        var (sink, _) = await Import(new FinesLog().Create("A1", "35.0")
            .Row("A1", "Appeal to Judge").Row("A1", "Notify Result Appeal to Offender").Row("A1", "Receive Result Appeal from Prefecture")
            .Row("A1", "Send Appeal to Prefecture").Row("A1", "Insert Date Appeal to Prefecture"));

        Assert.Equal(
            ["3 entered", "2 done", "2 entered", "1 done", "1 entered"],
            Of(sink, "case.node").Select(data => $"{data.GetProperty("occurrence").GetInt32()} {data.GetProperty("phase").GetString()}"));
    }

    [Fact]
    public async Task Rows_of_equal_time_are_ordered_by_their_sequence_number()
    {
        const string Day = "2004-05-01T00:00:00+02:00";
        var text = FinesLog.Header
            + $"A1,2,Payment,{Day},,,35.0,,,,,,,,,,complete\n"
            + $"A1,1,Send Fine,{Day},,,,11.0,,,,,,,,,complete\n"
            + $"A1,0,Create Fine,{Day},35.0,,,,561,NIL,A,157,0,,,,complete\n";

        var (sink, report) = await Import(text);

        Assert.Equal(0, report.RejectedCount);
        Assert.Equal(["traffic-fines:A1:0", "traffic-fines:A1:0:1", "traffic-fines:A1:1", "traffic-fines:A1:1:1", "traffic-fines:A1:2"],
            sink.Events.Select(line => line.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Cases_whose_rows_are_mixed_keep_their_own_books()
    {
        var (sink, _) = await Import(new FinesLog()
            .Create("A1", "35.0").Create("V2", "20.0").Pay("A1", "20.0").Pay("V2", "20.0").Pay("A1", "15.0"));

        Assert.Equal(["WB", "WB"], sink.WayByCase.Values);
        Assert.Equal(2, sink.CountByType["case.closed"]);
    }

    [Theory]
    [InlineData("A01", "Create Fine", "35.0", RowFault.CaseIdUnfit)]
    [InlineData("", "Create Fine", "35.0", RowFault.CaseMissing)]
    [InlineData("A1", "Create fine", "35.0", RowFault.ActivityUnknown)]
    [InlineData("A1", "", "35.0", RowFault.ActivityMissing)]
    [InlineData("A1", "Create Fine", "35.005", RowFault.MoneyPrecision)]
    [InlineData("A1", "Create Fine", "-35", RowFault.MoneyNegative)]
    [InlineData("A1", "Create Fine", "", RowFault.ValueMissing)]
    public async Task A_row_that_does_not_fit_goes_to_the_quarantine_with_line_and_code(string id, string activity, string amount, string code)
    {
        using var lab = new ImportLab();
        var (sink, report) = await Import(new FinesLog().Create("V1", "1.0").Row(id, activity, amount: amount), lab);

        Assert.Equal(1, report.Rejected[code]);
        Assert.Equal(2, sink.Events.Count); // What V1 makes; nothing of the bad row.
        var line = (await File.ReadAllLinesAsync(lab.Quarantine, TestContext.Current.CancellationToken))[1];
        Assert.StartsWith($"3,,{code},", line, StringComparison.Ordinal);
        Assert.Contains("complete", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_fails_does_not_change_its_case()
    {
        // The over-large cost must not stay in the claim, or the payment would not close the case.
        var (sink, report) = await Import(new FinesLog().Create("A1", "35.0").Send("A1", "90071992547409.91").Pay("A1", "35.0"));

        Assert.Equal(1, report.Rejected[RowFault.MoneyTooLarge]);
        Assert.Equal("WB", Assert.Single(sink.WayByCase.Values));
    }

    [Fact]
    public async Task One_court_can_be_given_all_cases()
    {
        using var lab = new ImportLab();
        var sink = new AccountingSink();
        var path = lab.Write("log.csv", new FinesLog().Create("A1", "1.0").Create("A2", "1.0").Create("N3", "1.0").ToString());

        await lab.Import(path, ImportLab.Shipped("traffic-fines"), sink, court: "沪0115");

        Assert.Equal("沪0115", Assert.Single(sink.Courts));
        Assert.Equal(["(2000)沪0115执1000001号", "(2000)沪0115执1000002号", "(2000)沪0115执14000003号"], sink.WayByCase.Keys);
    }

    private static IEnumerable<JsonElement> Of(AccountingSink sink, string type) =>
        sink.Events.Where(line => line.GetProperty("type").GetString() == type).Select(line => line.GetProperty("data"));

    private static async Task<(AccountingSink Sink, ImportReport Report)> Import(FinesLog log, ImportLab? lab = null)
    {
        using var own = lab is null ? new ImportLab() : null;
        return await Import(log.ToString(), lab ?? own!);
    }

    private static async Task<(AccountingSink Sink, ImportReport Report)> Import(string text)
    {
        using var lab = new ImportLab();
        return await Import(text, lab);
    }

    private static async Task<(AccountingSink Sink, ImportReport Report)> Import(string text, ImportLab lab)
    {
        var sink = new AccountingSink();
        var report = await lab.Import(lab.Write("log.csv", text), ImportLab.Shipped("traffic-fines"), sink);
        return (sink, report);
    }
}
