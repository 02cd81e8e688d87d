using System.Text;
using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>Reads lines with the parser of the product at a fixed time.</summary>
internal static class Parsing
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static EventFault? Fault(string line) => Fault(Encoding.UTF8.GetBytes(line));

    public static EventFault? Fault(byte[] line)
    {
        var fault = New().Parse(line, "test", Now, out var fact);
        Assert.Equal(fault is null, fact is not null);
        return fault;
    }

    /// <summary>The code of what is wrong, or "accepted".</summary>
    public static string Code(string line) => Fault(line)?.Code ?? "accepted";

    public static GrainCommand.Fact Fact(string line)
    {
        var fault = New().Parse(Encoding.UTF8.GetBytes(line), "test", Now, out var fact);
        Assert.Null(fault);
        return fact!;
    }

    public static CaseCommand Command(string line) => Assert.IsType<GrainCommand.CaseFact>(Fact(line)).Command;

    public static EventParser New() => new(ShippedConfig.Courts, ShippedConfig.Nodes);
}
