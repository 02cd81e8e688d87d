using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>What makes a line wrong, with the code and the field that the source is told.</summary>
public sealed class EventRefusalTests
{
    private const string Received = """{"id":"a","type":"funds.received","at":"2017-09-01T09:30:00Z","court":"沪0115","case":"(2017)沪0115执1号","data":{"amountFen":1,"serial":"s"}}""";

    /// <summary>Line, code, field.</summary>
    public static TheoryData<string, string, string?> Refusals => new()
    {
        { "", EventCodes.NotJson, null },
        { "not JSON", EventCodes.NotJson, null },
        { "{", EventCodes.NotJson, null },
        { """{"id":"a""", EventCodes.NotJson, null },
        { """{"id":"a","data":{"serial":[[""", EventCodes.NotJson, null },
        { Received + "x", EventCodes.NotJson, null },
        { Received + Received, EventCodes.NotJson, null },
        { Received + "// a comment", EventCodes.NotJson, null },
        { Received.Replace("}}", "},}", StringComparison.Ordinal), EventCodes.NotJson, null },
        { Received.Replace("1,", "NaN,", StringComparison.Ordinal), EventCodes.NotJson, null },
        { Received.Replace("1,", "Infinity,", StringComparison.Ordinal), EventCodes.NotJson, null },
        { Received.Replace("1,", "+1,", StringComparison.Ordinal), EventCodes.NotJson, null },
        { Received.Replace("1,", "01,", StringComparison.Ordinal), EventCodes.NotJson, null },
        { Received.Replace('"', '\''), EventCodes.NotJson, null },
        { "[", EventCodes.NotJson, null },
        { "[]", EventCodes.NotObject, null },
        { $"[{Received}]", EventCodes.NotObject, null },
        { "null", EventCodes.NotObject, null },
        { "1", EventCodes.NotObject, null },
        { "\"text\"", EventCodes.NotObject, null },
        { new string('[', 9), EventCodes.TooDeep, null },
        { new string('[', 9) + new string(']', 9), EventCodes.TooDeep, null },
        { Received.Replace("\"s\"", string.Concat(Enumerable.Repeat("{\"a\":", 7)) + "1" + new string('}', 7), StringComparison.Ordinal), EventCodes.TooDeep, null },
        { new string('[', 30_000), EventCodes.TooDeep, null },

        { With("extra", "1"), EventCodes.UnknownField, "extra" },
        { With("ID", "\"a\""), EventCodes.UnknownField, "ID" },
        { With("", "1"), EventCodes.UnknownField, "" },
        { With("$type", "{\"a\":[1,2,{}]}"), EventCodes.UnknownField, "$type" },
        { With(new string('x', 100), "1"), EventCodes.UnknownField, new string('x', 64) },
        { WithData("extra", "1"), EventCodes.UnknownField, "data.extra" },
        { WithData("Serial", "\"s\""), EventCodes.UnknownField, "data.Serial" },
        { WithData("payee", "\"p\""), EventCodes.UnknownField, "data.payee" }, // A field of another type.
        { WithData("none", "1"), EventCodes.UnknownField, "data.none" },
        { Officer("case", "\"(2017)沪0115执1号\""), EventCodes.UnknownField, "case" },

        { Twice("\"id\":\"a\""), EventCodes.DuplicateKey, "id" },
        { Twice("\"type\":\"funds.received\""), EventCodes.DuplicateKey, "type" },
        { Twice("\"at\":\"2017-09-01T09:30:00Z\""), EventCodes.DuplicateKey, "at" },
        { Twice("\"court\":\"沪0115\""), EventCodes.DuplicateKey, "court" },
        { Twice("\"case\":\"(2017)沪0115执1号\""), EventCodes.DuplicateKey, "case" },
        { Twice("\"data\":{\"amountFen\":1,\"serial\":\"s\"}"), EventCodes.DuplicateKey, "data" },
        { Twice("\"amountFen\":1"), EventCodes.DuplicateKey, "data.amountFen" },
        { Twice("\"serial\":\"s\""), EventCodes.DuplicateKey, "data.serial" },
        { Received.Replace("\"id\":\"a\"", "\"id\":\"a\",\"\\u0069d\":\"a\"", StringComparison.Ordinal), EventCodes.DuplicateKey, "id" },

        { Without("id"), EventCodes.MissingField, "id" },
        { Without("type"), EventCodes.MissingField, "type" },
        { Without("at"), EventCodes.MissingField, "at" },
        { Without("court"), EventCodes.MissingField, "court" },
        { Without("case"), EventCodes.MissingField, "case" },
        { Without("data"), EventCodes.MissingField, "data" },
        { Received.Replace("\"amountFen\":1,", "", StringComparison.Ordinal), EventCodes.MissingField, "data.amountFen" },
        { Received.Replace(",\"serial\":\"s\"", "", StringComparison.Ordinal), EventCodes.MissingField, "data.serial" },
        { "{}", EventCodes.MissingField, "type" },
        { OfficerWithout("by"), EventCodes.MissingField, "by" },

        { With("type", "\"case.opened\""), EventCodes.UnknownType, "type" },
        { With("type", "\"Case.Filed\""), EventCodes.UnknownType, "type" },
        { With("type", "\"\""), EventCodes.UnknownType, "type" },
        { With("type", "\"case.filed \""), EventCodes.UnknownType, "type" },

        { With("id", "7"), EventCodes.WrongKind, "id" },
        { With("id", "null"), EventCodes.WrongKind, "id" },
        { With("type", "null"), EventCodes.WrongKind, "type" },
        { With("at", "1504229400"), EventCodes.WrongKind, "at" },
        { With("court", "{}"), EventCodes.WrongKind, "court" },
        { With("case", "[1]"), EventCodes.WrongKind, "case" },
        { With("by", "false"), EventCodes.WrongKind, "by" },
        { With("by", "null"), EventCodes.WrongKind, "by" },
        { With("data", "[]"), EventCodes.WrongKind, "data" },
        { With("data", "null"), EventCodes.WrongKind, "data" },
        { With("data", "\"{}\""), EventCodes.WrongKind, "data" },
        { WithData("serial", "7"), EventCodes.WrongKind, "data.serial" },
        { WithData("serial", "null"), EventCodes.WrongKind, "data.serial" },
        { WithData("amountFen", "\"1\""), EventCodes.WrongKind, "data.amountFen" },
        { WithData("amountFen", "true"), EventCodes.WrongKind, "data.amountFen" },
        { Data("case.filed", "applicants", "\"张三\""), EventCodes.WrongKind, "data.applicants" },
        { Data("case.filed", "debtors", "[\"李四\",1]"), EventCodes.WrongKind, "data.debtors" },
        { Data("case.filed", "debtors", "[[\"李四\"]]"), EventCodes.WrongKind, "data.debtors" },
        { Data("case.node", "occurrence", "\"1\""), EventCodes.WrongKind, "data.occurrence" },
        { Data("case.node", "phase", "1"), EventCodes.WrongKind, "data.phase" },
        { Data("officer.position", "lat", "\"31\""), EventCodes.WrongKind, "data.lat" },

        { With("id", "\"\""), EventCodes.BadValue, "id" },
        { Officer("by", "\"\""), EventCodes.BadValue, "by" },
        { WithData("serial", "\"\""), EventCodes.BadValue, "data.serial" },
        { WithData("serial", "\" \u3000\""), EventCodes.BadValue, "data.serial" },
        { Data("funds.disbursed", "serial", "\"\""), EventCodes.BadValue, "data.serial" },
        { Data("funds.reversed", "serial", "\" \""), EventCodes.BadValue, "data.serial" },
        { Data("party.renamed", "was", "\"\""), EventCodes.BadValue, "data.was" },
        { Data("party.renamed", "now", "\" \""), EventCodes.BadValue, "data.now" },
        { Data("case.assigned", "handler", "\"\""), EventCodes.BadValue, "data.handler" },
        { Data("case.assigned", "handler", "\"\\u0020\""), EventCodes.BadValue, "data.handler" },
        { Data("case.suspended", "ground", "\"\""), EventCodes.BadValue, "data.ground" },
        { Data("case.resumed", "ground", "\"\u00A0\""), EventCodes.BadValue, "data.ground" },
        { Data("case.closingRevoked", "reason", "\"\""), EventCodes.BadValue, "data.reason" },
        { Data("case.closingRevoked", "reason", "\"  \""), EventCodes.BadValue, "data.reason" },
        { Data("property.controlled", "propertyId", "\"\""), EventCodes.BadValue, "data.propertyId" },
        { Data("property.renewed", "propertyId", "\" \""), EventCodes.BadValue, "data.propertyId" },
        { Data("property.released", "propertyId", "\"\""), EventCodes.BadValue, "data.propertyId" },
        { Data("petition.received", "petitionId", "\"\""), EventCodes.BadValue, "data.petitionId" },
        { Data("petition.answered", "petitionId", "\" \""), EventCodes.BadValue, "data.petitionId" },
        { Data("case.urged", "urgeId", "\" \""), EventCodes.BadValue, "data.urgeId" },
        { Data("case.urged", "about", "\"weather\""), EventCodes.BadValue, "data.about" },
        { Data("case.urged", "text", "\"\""), EventCodes.BadValue, "data.text" },
        { Data("case.urged", "due", "\"tomorrow\""), EventCodes.BadDate, "data.due" },
        { Data("case.urgeAnswered", "text", "\" \""), EventCodes.BadValue, "data.text" },
        { Data("case.filed", "kind", "\"民初\""), EventCodes.BadValue, "data.kind" },
        { Data("case.closed", "way", "\"wb\""), EventCodes.BadValue, "data.way" },
        { Data("case.closed", "way", "\"XX\""), EventCodes.BadValue, "data.way" },
        { Data("case.node", "phase", "\"begun\""), EventCodes.BadValue, "data.phase" },
        { Data("case.node", "occurrence", "0"), EventCodes.BadValue, "data.occurrence" },
        { Data("case.node", "occurrence", "10000"), EventCodes.BadValue, "data.occurrence" },
        { Data("case.node", "occurrence", "1.0"), EventCodes.BadValue, "data.occurrence" },
        { Data("case.node", "occurrence", "99999999999999999999"), EventCodes.BadValue, "data.occurrence" },
        { Data("property.controlled", "rank", "0"), EventCodes.BadValue, "data.rank" },
        { Data("property.controlled", "rank", "10001"), EventCodes.BadValue, "data.rank" },
        { Data("property.controlled", "class", "\"house\""), EventCodes.BadValue, "data.class" },
        { Data("property.controlled", "act", "\"0\""), EventCodes.BadValue, "data.act" },
        { Data("officer.duty", "state", "\"ON\""), EventCodes.BadValue, "data.state" },
        { Data("officer.position", "datum", "\"BD09\""), EventCodes.BadValue, "data.datum" },
        { Data("officer.position", "lat", "90.0001"), EventCodes.BadValue, "data.lat" },
        { Data("officer.position", "lat", "1e999"), EventCodes.BadValue, "data.lat" },
        { Data("officer.position", "lon", "-180.5"), EventCodes.BadValue, "data.lon" },
        { Data("officer.position", "accuracyM", "-1"), EventCodes.BadValue, "data.accuracyM" },
        { Data("officer.position", "headingDeg", "361"), EventCodes.BadValue, "data.headingDeg" },
        { Data("officer.position", "speedMps", "1e4"), EventCodes.BadValue, "data.speedMps" },

        { Data("case.node", "node", "\"QQ\""), EventCodes.UnknownNode, "data.node" },
        { Data("case.node", "node", "\"la\""), EventCodes.UnknownNode, "data.node" },
        { With("court", "\"沪9999\""), EventCodes.UnknownCourt, "court" },
        { With("court", "\"京0101\""), EventCodes.UnknownCourt, "court" },
        { With("court", "\"\""), EventCodes.UnknownCourt, "court" },
        { Data("case.transferred", "toCourt", "\"沪9999\""), EventCodes.UnknownCourt, "data.toCourt" },
        { With("case", "\"\""), EventCodes.BadCaseNumber, "case" },
        { With("case", "\"(2017)沪0115执0号\""), EventCodes.BadCaseNumber, "case" },
        { With("case", "\"(2017)沪0115民初1号\""), EventCodes.BadCaseNumber, "case" },
        { With("case", "\"(1999)沪0115执1号\""), EventCodes.BadCaseNumber, "case" },
        { With("case", "\"(2017)沪0115执1号之一\""), EventCodes.BadCaseNumber, "case" },
        { With("case", $"\"{new string('1', 40_000)}\""), EventCodes.BadCaseNumber, "case" },
        { Data("case.filed", "parent", "\"nothing\""), EventCodes.BadCaseNumber, "data.parent" },
        { Data("case.filed", "kind", "\"执恢\""), EventCodes.KindMismatch, "data.kind" },

        { With("at", "\"2017-09-01T09:30:00\""), EventCodes.BadTime, "at" },
        { With("at", "\"2017-02-30T09:30:00Z\""), EventCodes.BadTime, "at" },
        { With("at", "\"1991-12-31T23:59:59Z\""), EventCodes.TooOld, "at" },
        { With("at", "\"2099-01-01T00:00:00Z\""), EventCodes.InFuture, "at" },
        { Data("property.renewed", "until", "\"2023-02-29\""), EventCodes.BadDate, "data.until" },
        { Data("property.renewed", "until", "\"2023-2-9\""), EventCodes.BadDate, "data.until" },
        { Data("property.renewed", "until", "\"2023-02-09T00:00:00Z\""), EventCodes.BadDate, "data.until" },

        { WithData("amountFen", "-1"), EventCodes.AmountNegative, "data.amountFen" },
        { WithData("amountFen", "-9223372036854775808"), EventCodes.AmountNegative, "data.amountFen" },
        { WithData("amountFen", "-99999999999999999999"), EventCodes.AmountNegative, "data.amountFen" },
        { WithData("amountFen", "0.5"), EventCodes.AmountNotInteger, "data.amountFen" },
        { WithData("amountFen", "1.0"), EventCodes.AmountNotInteger, "data.amountFen" },
        { WithData("amountFen", "1e2"), EventCodes.AmountNotInteger, "data.amountFen" },
        { WithData("amountFen", "1E400"), EventCodes.AmountNotInteger, "data.amountFen" },
        { WithData("amountFen", "9007199254740992"), EventCodes.AmountTooLarge, "data.amountFen" }, // 2^53
        { WithData("amountFen", "9223372036854775808"), EventCodes.AmountTooLarge, "data.amountFen" }, // 2^63
        { WithData("amountFen", "18446744073709551617"), EventCodes.AmountTooLarge, "data.amountFen" }, // 2^64 + 1
        { WithData("amountFen", new string('9', 60_000)), EventCodes.AmountTooLarge, "data.amountFen" },
        { Data("case.filed", "claimFen", "-1"), EventCodes.AmountNegative, "data.claimFen" },
        { Data("case.claimChanged", "claimFen", "9007199254740992"), EventCodes.AmountTooLarge, "data.claimFen" },
        { Data("property.controlled", "amountFen", "0.01"), EventCodes.AmountNotInteger, "data.amountFen" },

        { With("id", $"\"{new string('i', 65)}\""), EventCodes.TextTooLong, "id" },
        { With("by", $"\"{new string('b', 65)}\""), EventCodes.TextTooLong, "by" },
        { WithData("serial", $"\"{new string('字', 257)}\""), EventCodes.TextTooLong, "data.serial" },
        { WithData("serial", $"\"{new string('s', 60_000)}\""), EventCodes.TextTooLong, "data.serial" },
        { Data("case.filed", "basis", $"\"{new string('b', 1_001)}\""), EventCodes.TextTooLong, "data.basis" },
        { Data("case.filed", "applicants", $"[\"{new string('a', 257)}\"]"), EventCodes.TextTooLong, "data.applicants" },
        { Data("case.filed", "debtors", "[" + string.Join(',', Enumerable.Repeat("\"李\"", 201)) + "]"), EventCodes.TooMany, "data.debtors" },

        { WithData("serial", "\"\\ud800\""), EventCodes.BadText, "data.serial" },
        { WithData("serial", "\"\\udc00\\ud800\""), EventCodes.BadText, "data.serial" },
        { WithData("serial", "\"a\\u0000b\""), EventCodes.BadText, "data.serial" },
        { WithData("serial", "\"a\\nb\""), EventCodes.BadText, "data.serial" },
        { WithData("serial", "\"\u007F\""), EventCodes.BadText, "data.serial" },
        { WithData("serial", "\"\u0085\""), EventCodes.BadText, "data.serial" },
        { With("id", "\"\\ud83d\""), EventCodes.BadText, "id" },
        { With("type", "\"\\ud800\""), EventCodes.BadText, "type" },
        { With("court", "\"\\ud800\""), EventCodes.BadText, "court" },
        { With("case", "\"\\ud800\""), EventCodes.BadText, "case" },
        { Data("case.closed", "way", "\"\\ud800\""), EventCodes.BadText, "data.way" },
        { Data("case.node", "phase", "\"\\ud800\""), EventCodes.BadText, "data.phase" },
        { Data("officer.position", "datum", "\"\\udc00\""), EventCodes.BadText, "data.datum" },
        { Data("case.filed", "debtors", "[\"\\ud800\"]"), EventCodes.BadText, "data.debtors" },
        { Received.Replace("\"id\"", "\"\\ud800\"", StringComparison.Ordinal), EventCodes.BadText, null },
        { Received.Replace("\"serial\"", "\"\\udc00\"", StringComparison.Ordinal), EventCodes.BadText, null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_wrong_line_is_refused_with_a_code_and_the_field_at_fault(string line, string code, string? field)
    {
        var fault = Parsing.Fault(line);

        Assert.Equal((code, field), (fault?.Code, fault?.Field));
        Assert.NotEmpty(fault!.Message);
    }

    [Fact]
    public void Every_code_has_a_line_that_earns_it()
    {
        var codes = typeof(EventCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(
            codes.Order(StringComparer.Ordinal),
            Refusals.Select(row => row.Data.Item2).Append(EventCodes.LineTooLong).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("9007199254740991", (1L << 53) - 1)]
    public void Amounts_that_every_reader_of_JSON_can_hold_are_taken(string amount, long expected) =>
        Assert.Equal(expected, Assert.IsType<Domain.Cases.CaseCommand.ReceiveFunds>(Parsing.Command(WithData("amountFen", amount))).AmountFen);

    [Fact]
    public void Texts_that_name_and_explain_nothing_by_themselves_may_be_empty()
    {
        Assert.Null(Parsing.Fault(Data("case.filed", "basis", "\"\"")));
        Assert.Null(Parsing.Fault(WithData("payer", "\"\"")));
        Assert.Null(Parsing.Fault(Data("officer.duty", "device", "\"\"")));
    }

    [Fact]
    public void The_longest_texts_and_lists_are_taken()
    {
        Assert.Null(Parsing.Fault(With("id", $"\"{new string('i', 64)}\"")));
        Assert.Null(Parsing.Fault(With("id", $"\"{string.Concat(Enumerable.Repeat("\\u5b57", 64))}\"")));
        Assert.Null(Parsing.Fault(WithData("serial", $"\"{new string('字', 256)}\"")));
        Assert.Null(Parsing.Fault(Data("case.filed", "basis", $"\"{new string('字', 1_000)}\"")));
        Assert.Null(Parsing.Fault(Data("case.filed", "debtors", "[" + string.Join(',', Enumerable.Repeat("\"李\"", 200)) + "]")));
    }

    [Theory]
    [InlineData("😀")] // A pair of surrogates is one whole character.
    [InlineData("𠮷野家")]
    [InlineData("\u200B\u202E\uFEFF\u2028")] // Odd, but people do type them, and a screen can show them.
    [InlineData("' OR 1=1; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\\\"")]
    public void Whole_characters_are_kept_as_they_are(string text)
    {
        var line = EventLine.Good("funds.received");
        line["data"]!["serial"] = text;

        Assert.Equal(text, Assert.IsType<Domain.Cases.CaseCommand.ReceiveFunds>(Parsing.Command(EventLine.Text(line))).Serial);
        Assert.Equal(text, Assert.IsType<Domain.Cases.CaseCommand.ReceiveFunds>(Parsing.Command(line.ToJsonString())).Serial);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xAF })] // An overlong slash.
    [InlineData(new byte[] { 0xE0, 0x80, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })] // A surrogate in UTF-8.
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })] // Beyond U+10FFFF.
    [InlineData(new byte[] { 0xE6, 0xB2 })] // Half a character.
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0x80 })]
    public void Bytes_that_are_not_UTF_8_are_refused(byte[] bytes)
    {
        byte[] line = [.. Encoding.UTF8.GetBytes("""{"id":" """), .. bytes, .. Encoding.UTF8.GetBytes("\"}")];

        Assert.Equal(EventCodes.BadText, Parsing.Fault(line)?.Code);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x09)]
    [InlineData(0x1F)]
    public void A_bare_control_character_in_a_text_is_not_JSON(byte unit) =>
        Assert.Equal(EventCodes.NotJson, Parsing.Code(WithData("serial", $"\"a{(char)unit}b\"")));

    [Fact]
    public void A_line_of_64_KiB_is_read_and_one_byte_more_is_not()
    {
        var longest = Received + new string(' ', EventParser.LineBytesMax - Encoding.UTF8.GetByteCount(Received));

        Assert.Equal("accepted", Parsing.Code(longest));
        Assert.Equal(EventCodes.LineTooLong, Parsing.Code(longest + " "));
    }

    [Theory]
    [InlineData("2026-03-01T00:10:00Z", "accepted")]
    [InlineData("2026-03-01T08:10:00+08:00", "accepted")]
    [InlineData("2026-03-01T00:10:00.0000001Z", EventCodes.InFuture)]
    [InlineData("2026-03-01T00:09:59.9999999Z", "accepted")]
    [InlineData("1992-01-01T00:00:00Z", "accepted")]
    [InlineData("1991-12-31T23:59:59.9999999Z", EventCodes.TooOld)]
    public void Ten_minutes_ahead_of_our_clock_is_the_limit(string at, string code) => Assert.Equal(code, Parsing.Code(With("at", $"\"{at}\"")));

    [Theory]
    [InlineData("extra")]
    [InlineData("data")]
    public void Broken_JSON_is_named_before_a_wrong_field(string field) =>
        Assert.Equal(EventCodes.NotJson, Parsing.Code(With(field, "[]") + "]"));

    [Fact]
    public void Of_several_faults_the_first_is_named() =>
        Assert.Equal("extra", Parsing.Fault("""{"extra":1,"id":7,"data":[]}""")?.Field);

    [Fact]
    public void A_long_unknown_name_is_not_cut_inside_a_character()
    {
        var field = Parsing.Fault(With("x" + string.Concat(Enumerable.Repeat("😀", 40)), "1"))!.Field!;

        Assert.False(char.IsHighSurrogate(field[^1]));
        Assert.True(field.Length > 60);
    }

    // A line with one field replaced or, when there was none, added.
    private static string With(string field, string value) => Replace(JsonNode.Parse(Received)!.AsObject(), inData: false, field, value);

    private static string WithData(string field, string value) => Replace(JsonNode.Parse(Received)!.AsObject(), inData: true, field, value);

    private static string Data(string type, string field, string value) => Replace(EventLine.Good(type), inData: true, field, value);

    private static string Officer(string field, string value) => Replace(EventLine.Good("officer.duty"), inData: false, field, value);

    // The value goes in as text, since much of it is not JSON that a writer would write.
    private static string Replace(JsonObject line, bool inData, string field, string value)
    {
        (inData ? line["data"]!.AsObject() : line)[field] = "@value@";
        return EventLine.Text(line).Replace("\"@value@\"", value, StringComparison.Ordinal);
    }

    private static string Without(string field)
    {
        var line = JsonNode.Parse(Received)!.AsObject();
        Assert.True(line.Remove(field));
        return EventLine.Text(line);
    }

    private static string OfficerWithout(string field)
    {
        var line = EventLine.Good("officer.duty");
        Assert.True(line.Remove(field));
        return EventLine.Text(line);
    }

    private static string Twice(string pair)
    {
        Assert.Contains(pair, Received, StringComparison.Ordinal);
        return Received.Replace(pair, $"{pair},{pair}", StringComparison.Ordinal);
    }
}
