using CommandCenter.Domain.Cases;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

/// <summary>曾用名: a party who is called otherwise now, and one of whom it is found out what he was called before.</summary>
public sealed class FormerNameTests
{
    [Fact]
    public void A_party_who_gets_another_name_has_it_and_keeps_the_old_one_as_a_former_name()
    {
        var file = NewCase.FiledOn(Day(0)).GivenAccepted(new RenameParty("乙", "新乙", Day(1))).File;

        Assert.Equal(["甲"], file.Applicants);
        Assert.Equal(["新乙"], file.Debtors);
        Assert.Equal([new FormerName("乙", "新乙", Day(1))], file.FormerNames);
    }

    [Fact]
    public void A_former_name_that_is_found_out_changes_no_party()
    {
        var file = NewCase.FiledOn(Day(0)).GivenAccepted(new RenameParty("旧乙", "乙", Day(1)), new RenameParty("更旧乙", "旧乙", Day(2))).File;

        Assert.Equal(["甲", "乙"], [.. file.Applicants, .. file.Debtors]);
        Assert.Equal([new FormerName("旧乙", "乙", Day(1)), new FormerName("更旧乙", "旧乙", Day(2))], file.FormerNames);
    }

    [Fact]
    public void Who_stood_there_under_both_names_stands_there_once()
    {
        var filing = NewCase.Filing(Day(0)) with { Debtors = ["乙", "丙", "新乙"] };

        Assert.Equal(["新乙", "丙"], NewCase.NotFiled.GivenAccepted(filing, new RenameParty("乙", "新乙", Day(1))).File.Debtors);
    }

    [Theory]
    [InlineData("丁", "戊", "party.unknown")]
    [InlineData("乙", "乙", "party.same-name")]
    [InlineData("旧乙", "乙", "party.already-renamed")]
    public void What_cannot_be_a_former_name_is_refused(string was, string now, string code)
    {
        var given = NewCase.FiledOn(Day(0)).RenamedOn(Day(1), "旧乙", "乙");

        Assert.Equal(code, Assert.IsType<Decision<CaseEvent>.Rejected>(given.When(new RenameParty(was, now, Day(2)))).Code);
    }

    [Fact]
    public void A_case_keeps_so_many_former_names_and_no_more()
    {
        var full = NewCase.FiledOn(Day(0)).GivenAccepted(
            Enumerable.Range(0, CaseFile.FormerNamesMax).Select(i => new RenameParty($"旧{i}", "乙", Day(1))));

        Assert.Equal("party.too-many-names", Assert.IsType<Decision<CaseEvent>.Rejected>(full.When(new RenameParty("旧", "乙", Day(1)))).Code);
        Assert.Equal(CaseFile.FormerNamesMax, full.File.FormerNames.Count);
    }

    [Fact]
    public void A_closed_case_learns_former_names_too_and_one_dated_before_the_filing_is_flagged()
    {
        var closed = NewCase.FiledOn(Day(10)).ClosedOn(Day(100));
        var file = closed.GivenAccepted(new RenameParty("旧乙", "乙", Day(1))).File;

        Assert.Equal(["旧乙"], file.FormerNames.Select(former => former.Was));
        Assert.Equal(Irregularities.BeforeFiling, file.Irregular);
    }
}
