using System.IO.Compression;
using CommandCenter.Testing.Logs;

namespace CommandCenter.Web.Tests.Import;

/// <summary>The whole log of 2000 to 2006, through the shipped mapping and by a count that shares nothing with it.</summary>
public sealed class TrafficFinesTests
{
    [Fact]
    public void A_naive_count_of_the_file_gives_the_known_totals()
    {
        var count = FinesCount.Read(SharedData.Require("eventlogs", "traffic_fines_2000_2006.csv.gz"));

        Assert.Equal(348_016, count.Rows);
        Assert.Equal(89_991, count.Cases);
        Assert.Equal(2_042_622.37m, count.MoneyIn);
        Assert.Equal([15_336, 12_323, 11_555, 8_565, 12_587, 14_511, 15_114], count.FiledByYear.Values);
        Assert.Equal((33_540, 38_039, 18_412), (count.Performed, count.Collected, count.Open));
        Assert.Equal(458, count.Revoked);
        Assert.Equal(["N35881:9", "S66168:9"], count.Refused);
    }

    [Fact]
    public async Task The_import_of_the_whole_log_agrees_with_the_naive_count()
    {
        var path = SharedData.Require("eventlogs", "traffic_fines_2000_2006.csv.gz");
        var count = FinesCount.Read(path);
        using var lab = new ImportLab();
        var sink = new AccountingSink { KeepsEvents = false };

        var report = await lab.Import(path, ImportLab.Shipped("traffic-fines"), sink);

        Assert.Equal((count.Rows, count.Cases), (report.Rows, report.Cases));
        Assert.Equal((long)(count.MoneyIn * 100), sink.MoneyInFen);
        Assert.Equal(count.FiledByYear, sink.FiledByYear);
        Assert.Equal((count.Performed, count.Collected, count.Open), (sink.OpenOrClosed["WB"], sink.OpenOrClosed["ZB"], sink.OpenOrClosed["open"]));
        Assert.Equal(count.Revoked, sink.Revocations);
        Assert.Equal(count.Refused.Select(row => ($"traffic-fines:{row}", "case.already-closed")), sink.Refused);
        Assert.Equal(22, sink.Courts.Count);
        Assert.Equal(report.Events, report.Accepted + 2);
        Assert.InRange(sink.LargestBatch, 990, 1_000);
        var quarantine = await File.ReadAllLinesAsync(lab.Quarantine, TestContext.Current.CancellationToken);
        Assert.Equal(3, quarantine.Length);
        Assert.Contains("N35881,9,Send for Credit Collection", quarantine[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_imported_twice_changes_nothing()
    {
        using var lab = new ImportLab();
        var path = lab.Write("part.csv", FirstRows(SharedData.Require("eventlogs", "traffic_fines_2000_2006.csv.gz"), 40_000), gzip: true);
        var sink = new AccountingSink { KeepsEvents = false };
        var mapping = ImportLab.Shipped("traffic-fines");
        var first = await lab.Import(path, mapping, sink);
        var (money, byType) = (sink.MoneyInFen, sink.CountByType.ToArray());

        var second = await lab.Import(path, mapping, sink);

        Assert.True(first.Accepted > 40_000);
        Assert.Equal((0, first.Accepted), (second.Accepted, second.Duplicates));
        Assert.Equal(money, sink.MoneyInFen);
        Assert.Equal(byType, sink.CountByType.ToArray());
    }

    private static string FirstRows(string path, int count)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return string.Join('\n', Enumerable.Range(0, count + 1).Select(_ => reader.ReadLine()));
    }
}
