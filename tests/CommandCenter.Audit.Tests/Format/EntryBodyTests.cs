using System.Buffers;
using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Tests.Format;

public sealed class EntryBodyTests
{
    [Fact]
    public void An_entry_comes_back_as_it_was()
    {
        var entry = new AuditEntry
        {
            Action = "case.reveal",
            Outcome = AuditOutcome.Failed,
            Actor = "王𠮷", // A rare name: outside the basic plane.
            Role = "handler",
            Session = "s-1",
            From = "2001:db8::1",
            Subject = "(2017)沪0115执1234号",
            Reason = "核对“身份证号”<b>&\"'\\",
            Detail = new Dictionary<string, string> { ["field"] = "idNumber", ["at"] = "" },
        };

        var record = RoundTrip(entry);

        Assert.Equal(entry with { Detail = null }, record.Entry with { Detail = null });
        Assert.Equal(entry.Detail, record.Entry.Detail!);
        Assert.Empty(record.Cut);
    }

    [Fact]
    public void No_text_can_make_a_second_line_or_move_the_cursor()
    {
        var nasty = string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)) + "\u007F\u0085\u009B\u2028\u2029\u202E\u2066\u200F\uFEFF";
        var line = LineOf(new AuditEntry { Action = "a.b", Reason = nasty, Detail = new Dictionary<string, string> { [nasty] = nasty } });
        var text = Encoding.UTF8.GetString(line);

        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain(text[..^1], character => character is < ' ' or (>= '\u007F' and < '\u00A0') || nasty.Contains(character, StringComparison.Ordinal));
        Assert.Equal(nasty, EntryBody.Read(line).Entry.Reason);
    }

    [Fact]
    public void Half_a_character_becomes_the_mark_for_one_that_is_lost() =>
        Assert.Equal("a\uFFFDb", RoundTrip(new AuditEntry { Action = "a.b", Subject = "a\uD842b" }).Entry.Subject);

    [Fact]
    public void What_is_too_long_is_cut_and_marked()
    {
        var record = RoundTrip(new AuditEntry
        {
            Action = "a.b",
            Reason = new string('因', AuditLimits.ReasonMax + 1),
            Subject = new string('x', AuditLimits.SubjectMax),
            Detail = new Dictionary<string, string> { ["filter"] = new string('y', 5_000), ["sort"] = "z" },
        });

        Assert.Equal(new string('因', AuditLimits.ReasonMax - 1) + "…", record.Entry.Reason);
        Assert.Equal(AuditLimits.SubjectMax, record.Entry.Subject!.Length);
        Assert.Equal(AuditLimits.DetailValueMax, record.Entry.Detail!["filter"].Length);
        Assert.Equal(new Dictionary<string, int> { ["reason"] = AuditLimits.ReasonMax + 1, ["detail.filter"] = 5_000 }, record.Cut);
    }

    [Fact]
    public void A_cut_never_halves_a_character()
    {
        var reason = RoundTrip(new AuditEntry { Action = "a.b", Reason = "x" + string.Concat(Enumerable.Repeat("𠮷", 600)) }).Entry.Reason!;

        Assert.DoesNotContain('\uFFFD', reason);
        Assert.EndsWith("𠮷…", reason);
    }

    [Fact]
    public void Too_much_detail_keeps_the_first_and_says_how_much_there_was()
    {
        var detail = Enumerable.Range(0, 40).ToDictionary(i => $"{i:D2}", i => $"{i}");
        var record = RoundTrip(new AuditEntry { Action = "a.b", Detail = detail });

        Assert.Equal(detail.Keys.Order().Take(AuditLimits.DetailCountMax), record.Entry.Detail!.Keys.Order());
        Assert.Equal(40, record.Cut["detail"]);
    }

    [Fact]
    public void Long_keys_that_begin_alike_stay_two()
    {
        var alike = new string('k', 100);
        var record = RoundTrip(new AuditEntry { Action = "a.b", Detail = new Dictionary<string, string> { [alike + "1"] = "one", [alike + "2"] = "two" } });

        Assert.Equal(["one", "two"], record.Entry.Detail!.Values.Order());
    }

    [Fact]
    public void The_worst_entry_fits_the_longest_line()
    {
        // Each character takes six bytes.
        var worst = LineOf(new AuditEntry
        {
            Action = new string('\u0001', 1_000),
            Actor = new string('\u0001', 1_000),
            Role = new string('\u0001', 1_000),
            Session = new string('\u0001', 1_000),
            From = new string('\u0001', 1_000),
            Subject = new string('\u0001', 1_000),
            Reason = new string('\u0001', 10_000),
            Detail = Enumerable.Range(1, 99).ToDictionary(i => new string((char)1, i), _ => new string('\u0001', 1_000)),
        });

        Assert.True(worst.Length <= AuditLine.SizeMax, $"{worst.Length} bytes");
        Assert.True(AuditLine.TryRead(worst, out var frame) && frame.IsIntact());
    }

    [Fact]
    public void An_entry_without_an_action_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentException>(() => EntryBody.Encode(new AuditEntry { Action = " " }));

    private static AuditRecord RoundTrip(AuditEntry entry) => EntryBody.Read(LineOf(entry));

    private static byte[] LineOf(AuditEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        AuditLine.Write(output, 1, AuditLine.NoHash.ToArray(), TestLog.Start, EntryBody.Encode(entry));
        return output.WrittenSpan.ToArray();
    }
}
