using System.Text.Json;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Properties;
using CommandCenter.Simulator.Cases;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Tests.Cases;

/// <summary>The product's own case grain judges the plan: every fact must be possible, and none against procedure.</summary>
public sealed class ProductGrainTests
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Every_step_of_a_plan_is_accepted_by_the_product_and_none_is_flagged()
    {
        var configuration = Path.Combine(RepositoryRoot(), "wallboard-config");
        var nodes = NodeCatalog.Create(Read<NodeDefinition>(Path.Combine(configuration, "nodes.json"), "nodes"));
        var marks = Read<Mark>(Path.Combine(configuration, "courts.json"), "courts").Select(court => court.Value).ToArray();
        var courts = CourtTree.Create([.. marks.Select(mark =>
            new CourtDefinition(mark, mark, mark, mark == "沪" ? CourtLevel.High : CourtLevel.Basic, mark, mark == "沪" ? null : "沪"))]);
        Assert.Equal(Cities.AllMarks.Order(StringComparer.Ordinal), marks.Order(StringComparer.Ordinal));

        var steps = 0;
        for (var day = 0; day < 3; day++)
        {
            foreach (var plan in Cities.Whole().CasesFiledOn(Cities.Day.AddDays(day)))
            {
                Judge(plan, nodes, courts);
                steps += plan.Steps.Count;
            }
        }

        Assert.True(steps > 20_000, $"only {steps} steps judged");
    }

    private static void Judge(CasePlan plan, NodeCatalog nodes, CourtTree courts)
    {
        CaseState state = CaseState.NotFiled.Instance;
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var planned = plan.EventOf(i);
            var decision = CaseDecider.Decide(state, CommandOf(planned, nodes, courts), nodes);
            var accepted = decision as Decision<CaseEvent>.Accepted;
            Assert.True(accepted is not null, $"{planned.Id} {planned.Data}: {decision}");
            foreach (var @event in accepted.Events)
            {
                Assert.True(@event.Irregular == Irregularities.None, $"{planned.Id} {planned.Data}: {@event.Irregular}");
                state = CaseDecider.Evolve(state, @event, nodes);
            }
        }
    }

    private static CaseCommand CommandOf(PlannedEvent planned, NodeCatalog nodes, CourtTree courts)
    {
        var at = planned.At.ToUniversalTime();
        return planned.Data switch
        {
            EventData.CaseFiled d => new CaseCommand.FileCase(
                Number(planned.Case!), planned.Court, d.Cause, d.ClaimFen, d.Basis, d.Applicants, d.Debtors, d.Parent is null ? null : Number(d.Parent), at),
            EventData.CaseAssigned d => new CaseCommand.AssignCase(d.Handler, at),
            EventData.CaseNode d => new CaseCommand.ReachNode(Node(d.Node), d.Done ? NodePhase.Done : NodePhase.Entered, null, at),
            EventData.CaseClaimChanged d => new CaseCommand.ChangeClaim(d.ClaimFen, at),
            EventData.CaseSuspended d => new CaseCommand.SuspendCase(d.Ground, at),
            EventData.CaseResumed d => new CaseCommand.ResumeCase(d.Ground, at),
            EventData.CaseClosed d => new CaseCommand.CloseCase(Way(d.Way), at),
            EventData.CaseClosingRevoked d => new CaseCommand.RevokeClosing(d.Reason, at),
            EventData.FundsReceived d => new CaseCommand.ReceiveFunds(d.AmountFen, d.Serial, d.Payer, at),
            EventData.FundsDisbursed d => new CaseCommand.DisburseFunds(d.AmountFen, d.Serial, d.Payee, at),
            EventData.FundsReversed d => new CaseCommand.ReverseFunds(d.AmountFen, d.Serial, d.Of, at),
            EventData.PropertyControlled d => new CaseCommand.ControlProperty(
                new ControlledProperty(
                    d.PropertyId, Enum.Parse<PropertyClass>(d.Class, ignoreCase: true), Enum.Parse<ControlAct>(d.Act, ignoreCase: true), d.Until, d.AmountFen, d.Rank),
                at),
            EventData.PropertyRenewed d => new CaseCommand.RenewProperty(d.PropertyId, d.Until, at),
            EventData.PropertyReleased d => new CaseCommand.ReleaseProperty(d.PropertyId, at),
            EventData.PetitionReceived d => new CaseCommand.ReceivePetition(d.PetitionId, at),
            EventData.PetitionAnswered d => new CaseCommand.AnswerPetition(d.PetitionId, at),
            _ => throw new InvalidOperationException($"{planned.Data.Type} is no event of a case."),
        };

        CaseNumber Number(string text)
        {
            Assert.True(CaseNumber.TryParse(text, courts, out var number), text);
            return number;
        }

        int Node(string code)
        {
            Assert.True(nodes.TryFind(code, out var node), code);
            return node.Seq;
        }

        static CloseWay Way(string code)
        {
            Assert.True(CloseWays.TryParse(code, out var way), code);
            return way;
        }
    }

    private static T[] Read<T>(string file, string property)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return json.RootElement.GetProperty(property).Deserialize<T[]>(s_json)!;
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CommandCenter.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds CommandCenter.sln.");
    }

    private sealed record Mark([property: System.Text.Json.Serialization.JsonPropertyName("mark")] string Value);
}
