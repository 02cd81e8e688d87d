using System.Text.Json.Nodes;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;
using CommandCenter.Domain.Properties;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;
using static CommandCenter.Domain.Cases.CaseCommand;

namespace CommandCenter.Web.Tests.Intake;

public sealed class EventParserTests
{
    private static readonly DateTimeOffset s_at = TestCalendar.Shanghai(2017, 9, 1, 9, 30);

    public static TheoryData<string, CaseCommand> CommandsByType => new()
    {
        { "case.assigned", new AssignCase("judge-7", s_at) },
        { "case.node", new ReachNode(ShippedConfig.Seq("CX"), NodePhase.Entered, null, s_at) },
        { "case.claimChanged", new ChangeClaim(90_000, s_at) },
        { "party.renamed", new RenameParty("李四", "李肆", s_at) },
        { "case.suspended", new SuspendCase("和解", s_at) },
        { "case.resumed", new ResumeCase("和解", s_at) },
        { "case.closed", new CloseCase(CloseWay.Performed, s_at) },
        { "case.closingRevoked", new RevokeClosing("录入错误", s_at) },
        { "case.transferred", new TransferCase("沪0101", s_at) },
        { "funds.received", new ReceiveFunds(100, "B-1", "李四", s_at) },
        { "funds.disbursed", new DisburseFunds(40, "P-1", "张三", s_at) },
        { "funds.reversed", new ReverseFunds(30, "R-1", "B-1", s_at) },
        {
            "property.controlled",
            new ControlProperty(new ControlledProperty("F-1", PropertyClass.RealEstate, ControlAct.Seal, new DateOnly(2020, 8, 31), 500, 2), s_at)
        },
        { "property.renewed", new RenewProperty("F-1", new DateOnly(2023, 8, 31), s_at) },
        { "property.released", new ReleaseProperty("F-1", s_at) },
        { "petition.received", new ReceivePetition("X-1", s_at) },
        { "petition.answered", new AnswerPetition("X-1", s_at) },
        { "case.urged", new UrgeCase("U-1", UrgeAbout.Money, "请尽快发放", "officer-17", new DateOnly(2017, 9, 8), s_at) },
        { "case.urgeAnswered", new AnswerUrge("U-1", "今日发放", "officer-17", s_at) },
    };

    public static TheoryData<string, string[], CaseCommand> CommandsWithoutOptions => new()
    {
        { "funds.received", ["payer"], new ReceiveFunds(100, "B-1", null, s_at) },
        { "funds.disbursed", ["payee"], new DisburseFunds(40, "P-1", null, s_at) },
        {
            "property.controlled",
            ["amountFen", "rank"],
            new ControlProperty(new ControlledProperty("F-1", PropertyClass.RealEstate, ControlAct.Seal, new DateOnly(2020, 8, 31), null, null), s_at)
        },
    };

    [Theory]
    [MemberData(nameof(CommandsByType))]
    public void An_event_becomes_the_command_of_its_type(string type, CaseCommand expected) =>
        Assert.Equal(expected, Parsing.Command(EventLine.Text(EventLine.Good(type))));

    [Theory]
    [MemberData(nameof(CommandsWithoutOptions))]
    public void A_field_that_may_be_missing_is_unknown_when_it_is(string type, string[] fields, CaseCommand expected)
    {
        var line = EventLine.Good(type);
        foreach (var field in fields)
        {
            Assert.True(line["data"]!.AsObject().Remove(field));
        }

        Assert.Equal(expected, Parsing.Command(EventLine.Text(line)));
    }

    [Fact]
    public void A_filing_carries_everything_that_the_source_says_of_the_case()
    {
        var line = EventLine.Good("case.filed");
        line["case"] = "（2017）沪0115执恢7号";
        line["data"]!["kind"] = "执恢";
        line["data"]!["parent"] = "(2016)沪0115执99号";

        var command = Assert.IsType<FileCase>(Parsing.Command(EventLine.Text(line)));

        Assert.Equal("(2017)沪0115执恢7号", command.Number.ToString());
        Assert.Equal("(2016)沪0115执99号", command.Parent.ToString());
        Assert.Equal(("沪0115", "买卖合同纠纷", 100_000, "(2016)沪0115民初1号", s_at),
            (command.CourtMark, command.Cause, command.ClaimFen, command.Basis, command.At));
        Assert.Equal(["张三"], command.Applicants);
        Assert.Equal(["李四", "王五"], command.Debtors);
    }

    [Fact]
    public void A_filing_needs_no_parent() =>
        Assert.Null(Assert.IsType<FileCase>(Parsing.Command(EventLine.Text(EventLine.Good("case.filed")))).Parent);

    [Fact]
    public void The_envelope_says_who_reports_what_under_which_id()
    {
        var fact = Assert.IsType<GrainCommand.CaseFact>(Parsing.Fact(EventLine.Text(EventLine.Good("case.closed"))));

        Assert.Equal(("test", "a-1", "沪0115", "officer-17", Parsing.Now), (fact.Envelope.Source, fact.Envelope.Id, fact.Court.Mark, fact.Envelope.By, fact.RecordedAt));
        Assert.Equal(EventLine.Case, fact.Number.ToString());
    }

    [Fact]
    public void Who_did_it_may_be_unknown_for_a_case()
    {
        var line = EventLine.Good("case.closed");
        _ = line.Remove("by");

        Assert.Null(Parsing.Fact(EventLine.Text(line)).Envelope.By);
    }

    [Fact]
    public void An_officer_goes_on_duty_with_a_device()
    {
        var fact = Assert.IsType<GrainCommand.OfficerFact>(Parsing.Fact(EventLine.Text(EventLine.Good("officer.duty"))));

        Assert.Equal("officer-17", fact.Envelope.By);
        Assert.Equal(new OfficerCommand.SetDuty(IsOn: true, "cam-3", s_at), fact.Command);
    }

    [Fact]
    public void An_officer_goes_off_duty_without_a_device()
    {
        var line = EventLine.Good("officer.duty");
        line["data"] = JsonNode.Parse("""{"state":"off"}""");

        var fact = Assert.IsType<GrainCommand.OfficerFact>(Parsing.Fact(EventLine.Text(line)));

        Assert.Equal(new OfficerCommand.SetDuty(IsOn: false, null, s_at), fact.Command);
    }

    [Fact]
    public void A_position_of_a_satellite_is_kept_as_it_is() => Assert.Equal(
        new OfficerCommand.ReportPosition(new Position(31.23, 121.47, 5.5, 90, 1.5, Datum.Wgs84), s_at),
        Assert.IsType<GrainCommand.OfficerFact>(Parsing.Fact(EventLine.Text(EventLine.Good("officer.position")))).Command);

    [Fact]
    public void A_position_on_a_Chinese_map_is_kept_as_the_satellite_would_give_it()
    {
        var (lat, lon) = Gcj02.FromWgs84(31.23, 121.47);
        var line = EventLine.Good("officer.position");
        line["data"] = new JsonObject { ["datum"] = "GCJ02", ["lat"] = lat, ["lon"] = lon };

        var position = Assert.IsType<OfficerCommand.ReportPosition>(
            Assert.IsType<GrainCommand.OfficerFact>(Parsing.Fact(EventLine.Text(line))).Command).Position;

        Assert.NotEqual(31.23, lat, 0.001);
        Assert.Equal((31.23, 121.47), (Math.Round(position.Latitude, 7), Math.Round(position.Longitude, 7)));
        Assert.Equal((null, null, null, Datum.Gcj02), (position.AccuracyM, position.HeadingDeg, position.SpeedMps, position.Source));
    }

    [Fact]
    public void Keys_may_come_in_any_order_data_before_type_included()
    {
        var line = EventLine.Good("funds.received");

        var reversed = new JsonObject(line.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

        Assert.Equal("data", reversed.First().Key);
        Assert.Equal(Parsing.Fact(EventLine.Text(line)), Parsing.Fact(EventLine.Text(reversed)));
    }

    [Fact]
    public void Every_text_may_be_written_with_escapes()
    {
        var plain = EventLine.Text(EventLine.Good("funds.received"));
        var isInText = false;

        var escaped = string.Concat(plain.Select(unit =>
        {
            isInText ^= unit == '"';
            return isInText && unit != '"' ? $"\\u{(int)unit:x4}" : $"{unit}";
        }));

        Assert.Contains("\\u002b\\u0030\\u0038", escaped, StringComparison.Ordinal); // The + of the offset, which many writers escape.
        Assert.Equal(Parsing.Fact(plain), Parsing.Fact(escaped));
    }

    [Fact]
    public void Every_type_of_the_product_has_a_sample_here() =>
        Assert.Equal(EventType.All.Select(type => type.Name).Order(StringComparer.Ordinal), EventLine.Types.Order(StringComparer.Ordinal));

    [Fact]
    public void One_parser_reads_line_after_line_and_keeps_nothing_of_the_one_before()
    {
        var parser = Parsing.New();
        foreach (var type in EventLine.Types.Concat(EventLine.Types.Reverse()))
        {
            var line = EventLine.Text(EventLine.Good(type));
            Assert.Null(parser.Parse(System.Text.Encoding.UTF8.GetBytes(line), "test", Parsing.Now, out var fact));
            Assert.Equal(Parsing.Fact(line).Envelope.ContentHash, fact!.Envelope.ContentHash);
            Assert.NotNull(parser.Parse("{\"type\":\"case.node\",\"data\":{\"node\":\"CX\",\"serial\":\"x\"}"u8, "test", Parsing.Now, out _));
        }
    }
}
