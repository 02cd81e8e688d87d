using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CommandCenter.Testing;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>The files of JSONTestSuite: y_ are JSON, n_ are not, i_ are for each parser to judge.</summary>
public sealed class JsonConformanceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void No_file_of_the_suite_is_an_event_and_each_gets_a_code()
    {
        foreach (var (name, content) in ReadSuite())
        {
            var fault = Parsing.Fault(content);

            Assert.True(fault is not null, $"{name} was accepted.");
            Assert.False(string.IsNullOrEmpty(fault.Code), name);
            if (name.StartsWith("y_", StringComparison.Ordinal))
            {
                // It is JSON, so it is refused for what it says and not for how it is written.
                Assert.False(fault.Code is EventCodes.NotJson or EventCodes.TooDeep or EventCodes.LineTooLong, $"{name}: {fault.Code}");
            }
            else if (name.StartsWith("n_", StringComparison.Ordinal))
            {
                Assert.True(
                    fault.Code is EventCodes.NotJson or EventCodes.TooDeep or EventCodes.LineTooLong or EventCodes.BadText, $"{name}: {fault.Code}");
            }
        }
    }

    [Theory]
    [InlineData("{\"id\":\"a\",\"type\":\"case.assigned\",\"at\":\"2017-09-01T09:30:00Z\",\"court\":\"沪0115\",\"case\":\"(2017)沪0115执1号\",\"data\":", "}")]
    [InlineData("{\"id\":\"a\",\"type\":\"case.assigned\",\"at\":\"2017-09-01T09:30:00Z\",\"court\":\"沪0115\",\"case\":\"(2017)沪0115执1号\",\"data\":{\"handler\":", "}}")]
    [InlineData("{\"id\":\"a\",\"type\":\"case.filed\",\"at\":\"2017-09-01T09:30:00Z\",\"court\":\"沪0115\",\"case\":\"(2017)沪0115执1号\",\"data\":{\"debtors\":", "}}")]
    [InlineData("{\"id\":\"a\",\"type\":\"officer.position\",\"at\":\"2017-09-01T09:30:00Z\",\"court\":\"沪0115\",\"by\":\"o\",\"data\":{\"datum\":\"WGS84\",\"lon\":0,\"lat\":", "}}")]
    public void No_file_that_is_not_JSON_is_taken_as_a_value_within_an_event(string before, string after)
    {
        foreach (var (name, content) in ReadSuite())
        {
            var fault = Parsing.Fault([.. Encoding.UTF8.GetBytes(before), .. content, .. Encoding.UTF8.GetBytes(after)]);

            Assert.False(fault is null && name.StartsWith("n_", StringComparison.Ordinal), $"{name} was accepted.");
            Assert.False(fault is not null && string.IsNullOrEmpty(fault.Code), name);
        }
    }

    [Fact]
    public async Task The_whole_suite_in_one_request_is_answered_line_by_line_and_stores_nothing()
    {
        var lines = ReadSuite().Select(file => file.Content).ToArray();
        await using var product = await ProductUnderTest.StartAsync();
        byte[] body = [.. lines.SelectMany(line => line.Append((byte)'\n'))];

        var answer = await ProductUnderTest.AnswerAsync(product.PostAsync(body));

        Assert.Equal((0, 0), (answer.Accepted, answer.Duplicates));
        Assert.InRange(answer.Rejected.Count, lines.Length / 2, int.MaxValue);
        Assert.All(answer.Rejected, line => Assert.False(string.IsNullOrEmpty(line.Code)));
        var report = await product.StopAndVerifyAsync();
        Assert.Equal((0, 0), (report.RecordCount, report.Findings.Count));
    }

    private static List<(string Name, byte[] Content)> ReadSuite()
    {
        var archive = RepositoryRoot.FindShared("data/conformance/JSONTestSuite.tar.gz");
        Assert.SkipWhen(archive is null, "JSONTestSuite is not beside the repository.");
        using var file = File.OpenRead(archive);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        var files = new List<(string, byte[])>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                files.Add((Path.GetFileName(entry.Name), content.ToArray()));
            }
        }

        Assert.InRange(files.Count, 100, 1_000);
        return files;
    }
}
