using System.Text.Json;
using CommandCenter.Web.Import;
using CommandCenter.Web.Import.Logs;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

public sealed class CsvLogReaderTests
{
    public static TheoryData<string> Spectrum => new(
        "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
        "quotes_and_newlines", "simple", "simple_crlf", "utf8");

    [Theory]
    [MemberData(nameof(Spectrum))]
    public void Every_kind_of_csv_is_read_as_its_twin_in_json_says(string name)
    {
        var path = SharedData.Require("conformance", "csv-spectrum", "csvs", name + ".csv");
        using var twin = JsonDocument.Parse(File.ReadAllText(SharedData.Require("conformance", "csv-spectrum", "json", name + ".json")));
        var expected = twin.RootElement.EnumerateArray()
            .Select(row => row.EnumerateObject().Select(field => (field.Name, Value: field.Value.GetString()!)).ToArray()).ToArray();
        var columns = expected[0].Select(field => field.Name).ToArray();

        var rows = ReadAll(path, MappingOf(columns));

        Assert.Equal(expected.Length, rows.Count);
        foreach (var (row, fields) in rows.Zip(expected))
        {
            Assert.Equal(fields.Select(field => Unified(field.Value)), columns.Select(column => Unified(Value(row, columns, column))));
        }
    }

    [Fact]
    public void A_missing_column_is_named_together_with_those_that_are_there()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv", "case,activity,zeit\n1,a,2\n");

        var exception = Assert.Throws<ImportInputException>(() => ReadAll(path, MappingOf("case", "activity", "time")));

        Assert.Contains("'time'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("case, activity, zeit", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_header_is_refused()
    {
        using var lab = new ImportLab();

        Assert.Throws<ImportInputException>(() => ReadAll(lab.Write("log.csv", ""), MappingOf("case")));
    }

    [Fact]
    public void A_row_with_a_field_too_many_or_too_few_is_a_fault_and_the_next_is_read()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv", "a,b\n1,2,3\n1\n5,6\n");

        var rows = ReadAll(path, MappingOf("a", "b"));

        Assert.Equal([RowFault.FieldCount, RowFault.FieldCount], rows.Take(2).Select(row => row.Fault!.Code));
        Assert.Equal([2L, 3L, 4L], rows.Select(row => row.Line));
        Assert.Equal("1,2,3", rows[0].Describe(["a", "b"]));
        Assert.Equal("5", rows[2].Values[0]);
    }

    [Fact]
    public void A_row_with_wrong_quotation_marks_is_a_fault_and_the_next_is_read()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv", "a,b\n1,\"x\"y\n5,6\n");

        var rows = ReadAll(path, MappingOf("a", "b"));

        Assert.Equal(RowFault.BadQuotes, rows[0].Fault!.Code);
        Assert.Equal("6", rows[1].Values[1]);
    }

    [Fact]
    public void A_quotation_mark_that_never_closes_does_not_fill_the_memory()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv", "a,b\n1,\"" + new string('x', 3 << 20));

        Assert.Throws<ImportInputException>(() => ReadAll(path, MappingOf("a", "b")));
    }

    [Fact]
    public void The_line_of_a_row_counts_line_breaks_inside_quotes()
    {
        using var lab = new ImportLab();
        var path = lab.Write("log.csv", "a,b\n1,\"x\ny\"\n2,z\n");

        Assert.Equal([2L, 4L], ReadAll(path, MappingOf("a", "b")).Select(row => row.Line));
    }

    [Fact]
    public void A_truncated_gzip_file_is_refused_and_not_taken_for_the_whole()
    {
        using var lab = new ImportLab();
        var text = string.Concat("a,b\n", string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919 % 10007}\n")));
        var whole = File.ReadAllBytes(lab.Write("log.csv.gz", text, gzip: true));
        File.WriteAllBytes(lab.In("half.csv.gz"), whole[..(whole.Length / 2)]);

        Assert.Equal(50_000, ReadAll(lab.In("log.csv.gz"), MappingOf("a", "b")).Count);
        Assert.Throws<ImportInputException>(() => ReadAll(lab.In("half.csv.gz"), MappingOf("a", "b")));
    }

    private static List<LogRow> ReadAll(string path, ImportMapping mapping)
    {
        using var reader = new LogFile(path).Open(mapping);
        var rows = new List<LogRow>();
        for (var row = new LogRow(mapping.Columns.Count); reader.Read(row); row = new(mapping.Columns.Count))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static string Value(LogRow row, string[] columns, string column)
    {
        // The faults are those of a mapping that these files were not made for; what counts is the values.
        var index = Array.IndexOf(columns.Distinct().ToArray(), column);
        return row.Values[index] ?? "";
    }

    private static string Unified(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static ImportMapping MappingOf(params string[] columns)
    {
        string Quoted(string text) => JsonSerializer.Serialize(text);
        var activity = string.Join(',', columns.Select(Quoted));
        return ImportLab.Mapping($$"""
            {"name":"test","input":{"format":"csv","case":{{Quoted(columns[0])}},"activity":[{{activity}}],"time":{{Quoted(columns[^1])}} },
             "courts":["沪"],"number":"{@case}","by":"x","activities":{"x":{"emit":[]} } }
            """);
    }
}
