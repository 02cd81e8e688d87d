using System.Text.Json;
using CommandCenter.Web.Import;
using CommandCenter.Web.Import.Logs;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

public sealed class XesLogTests
{
    [Theory]
    [InlineData("running-example.xes", 6, 42, 0)]
    [InlineData("bpic2013_closed.xes.gz", 1_487, 6_660, 0)]
    [InlineData("receipt.xes.gz", 1_434, 8_577, 0)]
    [InlineData("bpic2012.xes.gz", 13_087, 262_200, 0)]
    [InlineData("hospital_billing_1t_per_variant.xes.gz", 1_020, 12_506, 12_506)] // Its times have no offset.
    public void Every_public_log_is_read_whole(string file, int cases, int events, int withoutOffset)
    {
        var rows = ReadAll(SharedData.Require("eventlogs", file));

        Assert.Equal(events, rows.Count);
        Assert.Equal(cases, rows.Select(row => row.CaseId).Distinct().Count());
        Assert.Equal(withoutOffset, rows.Count(row => row.Fault?.Code == RowFault.TimeWithoutOffset));
        Assert.Equal(withoutOffset, rows.Count(row => row.Fault is not null));
    }

    [Fact]
    public void Attributes_inside_attributes_and_lists_have_paths()
    {
        var row = Assert.Single(Read("""
            <trace><string key="concept:name" value="1"/><event>
              <string key="concept:name" value="a"><int key="cost" value="7"><boolean key="net" value="true"/></int></string>
              <list key="items"><values><id key="part" value="p9"/></values></list>
              <date key="time:timestamp" value="2010-01-01T00:00:00Z"/></event></trace>
            """, "concept:name/cost", "concept:name/cost/net", "items/part"));

        Assert.Equal("7 true p9", string.Join(' ', row.Values[3..]));
    }

    [Fact]
    public void A_missing_attribute_takes_the_global_of_its_scope()
    {
        var row = Assert.Single(Read("""
            <global scope="trace"><string key="branch" value="north"/></global>
            <global scope="event"><string key="org:resource" value="nobody"/></global>
            <trace><string key="concept:name" value="1"/><event><string key="concept:name" value="a"/>
              <date key="time:timestamp" value="2010-01-01T00:00:00Z"/></event></trace>
            """, "case:branch", "org:resource"));

        Assert.Equal("north nobody", string.Join(' ', row.Values[3..]));
    }

    [Fact]
    public void Attributes_of_a_trace_may_stand_behind_its_events()
    {
        var row = Assert.Single(Read("""
            <trace><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2010-01-01T00:00:00Z"/></event>
              <string key="concept:name" value="late"/></trace>
            """));

        Assert.Equal("late", row.CaseId);
    }

    [Fact]
    public void An_event_outside_every_trace_is_a_row_without_a_case()
    {
        var rows = Read("""
            <trace><string key="concept:name" value="1"/></trace>
            <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2010-01-01T00:00:00Z"/></event>
            """);

        Assert.Equal(RowFault.CaseMissing, Assert.Single(rows).Fault!.Code);
    }

    [Theory]
    [InlineData("<log><trace>\n<event>\n<string key='a' value='1'></event></trace></log>", "line 3")]
    [InlineData("<log><trace>\n\n<event>", "line 3")]
    [InlineData("<log>\n<trace><string value='1'/></trace></log>", "line 2: <string> has no key")]
    [InlineData("<log>\n<trace><money key='a'/></trace></log>", "line 2: <money> is not an XES attribute")]
    [InlineData("<html></html>", "an XES log begins with <log>")]
    [InlineData("not xml", "line 1")]
    [InlineData("", "Root element")]
    public void Bad_xml_is_refused_with_its_line(string text, string message)
    {
        using var lab = new ImportLab();

        var exception = Assert.Throws<ImportInputException>(() => ReadAll(lab.Write("bad.xes", text)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_type_is_refused_so_that_no_entity_can_grow()
    {
        using var lab = new ImportLab();
        var path = lab.Write("bomb.xes", """
            <!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <log><trace><string key="concept:name" value="&b;"/></trace></log>
            """);

        Assert.Contains("DTD", Assert.Throws<ImportInputException>(() => ReadAll(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_nested_without_end_are_refused()
    {
        using var lab = new ImportLab();
        var deep = string.Concat(Enumerable.Repeat("<string key='a' value='1'>", 10_000));

        Assert.Contains("nested", Assert.Throws<ImportInputException>(() => ReadAll(lab.Write("deep.xes", $"<log><trace>{deep}"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_row_of_the_receipt_log_is_mapped_or_ignored_for_a_reason()
    {
        var (sink, report) = await Import("receipt");

        Assert.Equal((8_577L, 1_434L, 0L), (report.Rows, report.Cases, report.RejectedCount));
        Assert.Equal(41 + 2 + 26 + 6, report.Ignored);
        Assert.Equal((39, 20), (sink.OpenOrClosed["BH"], sink.OpenOrClosed["ZJ"]));
    }

    [Fact]
    public async Task Every_row_of_the_loan_log_is_mapped_or_ignored_for_a_reason()
    {
        var (sink, report) = await Import("bpic2012");

        Assert.Equal((262_200L, 13_087L, 0L), (report.Rows, report.Cases, report.RejectedCount));
        Assert.Equal((2_246, 7_635, 2_807, 399), (sink.OpenOrClosed["WB"], sink.OpenOrClosed["BH"], sink.OpenOrClosed["XA"], sink.OpenOrClosed["open"]));
    }

    [Fact]
    public async Task A_loan_application_carries_its_amount_and_counts_its_rounds_of_work()
    {
        using var lab = new ImportLab();
        string Event(int minute, string name, string transition, string who = "") =>
            $"<event><string key='concept:name' value='{name}'/><string key='lifecycle:transition' value='{transition}'/>{who}"
            + $"<date key='time:timestamp' value='2011-10-01T00:{minute:00}:00.000+02:00'/></event>";
        var path = lab.Write("log.xes", "<log><trace><string key='concept:name' value='173688'/><string key='AMOUNT_REQ' value='20000'/>"
            + Event(1, "A_SUBMITTED", "COMPLETE", "<string key='org:resource' value='112'/>")
            + Event(2, "W_Nabellen offertes", "START") + Event(3, "W_Nabellen offertes", "COMPLETE")
            + Event(4, "W_Nabellen offertes", "START") + Event(5, "W_Nabellen offertes", "COMPLETE") + "</trace></log>");
        var sink = new AccountingSink();

        await lab.Import(path, ImportLab.Shipped("bpic2012"), sink);

        Assert.Equal(2_000_000, sink.Events[0].GetProperty("data").GetProperty("claimFen").GetInt64());
        Assert.Equal("officer-112", sink.Events[0].GetProperty("by").GetString());
        Assert.Equal("import-bpic2012", sink.Events[^1].GetProperty("by").GetString());
        Assert.Equal([1, 1, 2, 2], sink.Events.Skip(2).Select(line => line.GetProperty("data").GetProperty("occurrence").GetInt32()));
    }

    private static async Task<(AccountingSink Sink, ImportReport Report)> Import(string name)
    {
        var path = SharedData.Require("eventlogs", name + ".xes.gz");
        using var lab = new ImportLab();
        var sink = new AccountingSink { KeepsEvents = false };
        return (sink, await lab.Import(path, ImportLab.Shipped(name), sink));
    }

    private static List<LogRow> Read(string inside, params string[] more)
    {
        using var lab = new ImportLab();
        return ReadAll(lab.Write("log.xes", $"<?xml version='1.0'?>\n<log xmlns='http://www.xes-standard.org/'>{inside}</log>"), more);
    }

    private static List<LogRow> ReadAll(string path, params string[] more)
    {
        var columns = string.Concat(more.Select(column => "{" + column + "}"));
        var mapping = ImportLab.Mapping($$"""
            {"name":"test","input":{"format":"xes","case":"case:concept:name","activity":"concept:name","time":"time:timestamp"},
             "courts":["沪"],"number":"{@case}","by":{{JsonSerializer.Serialize("x" + columns)}},"activities":{"x":{"emit":[]} } }
            """);
        using var reader = new LogFile(path).Open(mapping);
        var rows = new List<LogRow>();
        for (var row = new LogRow(mapping.Columns.Count); reader.Read(row); row = new(mapping.Columns.Count))
        {
            rows.Add(row);
        }

        return rows;
    }
}
