using CommandCenter.Web.Import;

namespace CommandCenter.Web.Tests.Import;

public sealed class ImporterTests
{
    /// <summary>Dies before or after every batch in turn; the totals must be those of a run that nothing disturbed.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(13, true)]
    public async Task An_import_that_dies_and_goes_on_ends_like_one_that_did_not(int batch, bool afterTaking)
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv.gz", LargeLog(), gzip: true);
        var mapping = ImportLab.Shipped("traffic-fines");
        using var otherLab = new ImportLab();
        var undisturbed = new AccountingSink();
        var expected = await otherLab.Import(path, mapping, undisturbed);
        var sink = new AccountingSink { DiesAtBatch = batch, DiesAfterTaking = afterTaking };

        await Assert.ThrowsAsync<ImportEnvironmentException>(() => lab.Import(path, mapping, sink));
        var report = await lab.Import(path, mapping, sink);

        Assert.True(expected.Events > 13_000, "The log must be longer than the batches after which the sink dies.");
        Assert.Equal(undisturbed.Events.Select(line => line.ToString()), sink.Events.Select(line => line.ToString()));
        Assert.Equal(undisturbed.WayByCase, sink.WayByCase);
        Assert.Equal((expected.Rows, expected.Events), (report.Rows, report.Events));
        Assert.Equal(expected.Rejected, report.Rejected);
        Assert.Equal(await File.ReadAllTextAsync(otherLab.Quarantine, Token), await File.ReadAllTextAsync(lab.Quarantine, Token));
        // Whatever was lost with an answer, no more than one batch may be sent twice: the place was kept at the fault.
        Assert.InRange(sink.DuplicateCount, 0, afterTaking ? ImportBatch.LinesMax : 0);
        Assert.Equal(expected.Accepted - sink.DuplicateCount, report.Accepted);
        Assert.False(File.Exists(lab.Progress), "A complete import leaves no place behind.");
    }

    [Fact]
    public async Task From_start_sends_everything_again()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv", LargeLog());
        var sink = new AccountingSink { DiesAtBatch = 9 };
        await Assert.ThrowsAsync<ImportEnvironmentException>(() => lab.Import(path, ImportLab.Shipped("traffic-fines"), sink));
        var taken = sink.Events.Count;

        var report = await lab.Import(path, ImportLab.Shipped("traffic-fines"), sink, fromStart: true);

        Assert.True(taken > 7_000);
        Assert.Equal((taken, 0L), (sink.DuplicateCount, report.RowsBefore));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("court")]
    [InlineData("place")]
    public async Task A_place_of_another_file_or_court_or_a_damaged_one_is_not_used(string what)
    {
        using var lab = new ImportLab();
        var mapping = ImportLab.Shipped("traffic-fines");
        var path = lab.Write("log.csv", LargeLog());
        await Assert.ThrowsAsync<ImportEnvironmentException>(() => lab.Import(path, mapping, new AccountingSink { DiesAtBatch = 9 }));
        Assert.True(File.Exists(lab.Progress));
        switch (what)
        {
            case "file":
                path = lab.Write("log.csv", LargeLog() + "\n");
                break;
            case "place":
                await File.WriteAllTextAsync(lab.Progress, "{\"rows\":", Token);
                break;
        }

        var report = await lab.Import(path, mapping, new AccountingSink(), court: what == "court" ? "沪0115" : null);

        Assert.Equal(0, report.RowsBefore);
    }

    [Fact]
    public async Task The_quarantine_names_line_event_code_and_row_of_every_refusal()
    {
        using var lab = new ImportLab();
        var log = new FinesLog().Create("A1", "35.0").Row("A2", "Create Fine", amount: "=1+1").Pay("A1", "35.0").Collect("A1");

        await lab.Import(lab.Write("log.csv", log.ToString()), ImportLab.Shipped("traffic-fines"), new AccountingSink());

        var lines = await File.ReadAllLinesAsync(lab.Quarantine, Token);
        Assert.Equal("line,event,code,message,row", lines[0]);
        // In the order of the source, whoever refused.
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("3,,import.money-invalid,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("5,traffic-fines:A1:2,case.already-closed,", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",\"A1,2,Send for Credit Collection,2004-03-05T00:00:00+01:00,,,,,,NIL,A,157,0,,,,complete\"", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_leaves_lines_uncounted_stops_the_import()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv", new FinesLog().Create("A1", "35.0").ToString());

        var exception = await Assert.ThrowsAsync<ImportEnvironmentException>(
            () => lab.Import(path, ImportLab.Shipped("traffic-fines"), new ForgetfulSink()));

        Assert.Contains("1 accepted", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_breaks_off_gives_what_stands_before_the_break_and_keeps_its_place()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.xes", "<log>" + string.Concat(Enumerable.Range(1, 3_000).Select(i =>
            $"<trace><string key='concept:name' value='case-{i}'/><event><string key='concept:name' value='Confirmation of receipt'/>"
            + "<date key='time:timestamp' value='2011-01-01T00:00:00Z'/></event></trace>\n")) + "<trace>");
        var sink = new AccountingSink();

        await Assert.ThrowsAsync<ImportInputException>(() => lab.Import(path, ImportLab.Shipped("receipt"), sink));

        Assert.InRange(sink.Events.Count, 1, 3_000);
        Assert.True(File.Exists(lab.Progress));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>2,000 cases with closings, revocations, refusals by the domain and rows that cannot be mapped.</summary>
    private static string LargeLog()
    {
        var log = new FinesLog();
        for (var i = 1; i <= 2_000; i++)
        {
            var id = $"N{i}";
            log.Create(id, "35.0").Pay(id, "35.0").Send(id, "11.0");
            switch (i % 4)
            {
                case 0:
                    log.Pay(id, "11.0").Collect(id);
                    break;
                case 1:
                    log.Pay(id, "1.234");
                    break;
                default:
                    log.Penalty(id, "71.5");
                    break;
            }
        }

        return log.ToString();
    }

    private sealed class ForgetfulSink : IEventSink
    {
        public Task<SinkAnswer> SubmitAsync(ReadOnlyMemory<byte> ndjson, int lines, CancellationToken cancellationToken) =>
            Task.FromResult(new SinkAnswer(1, 0, []));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
