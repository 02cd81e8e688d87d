using System.Globalization;
using CommandCenter.Simulator.Events;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Cases;

/// <summary>Writes the events of one case one after the other, each later than the one before.</summary>
/// <param name="seed">The seed of the city.</param>
/// <param name="case">The case.</param>
/// <param name="handler">Its handler, who reports what the case does.</param>
/// <param name="filedAt">When it is filed.</param>
internal sealed class CaseFlow(long seed, CaseIdentity @case, string handler, DateTimeOffset filedAt)
{
    private readonly string _idPrefix = @case.IdPrefix(seed);
    private readonly List<CaseStep> _steps = [];
    private readonly List<CaseStep> _asides = [];
    private int _movements;
    private DateTimeOffset? _closedAt;

    /// <summary>The time of the last step.</summary>
    public DateTimeOffset Now { get; private set; } = filedAt;

    /// <summary>When the case is filed.</summary>
    public DateTimeOffset FiledAt { get; } = filedAt;

    /// <summary>Money received and not yet paid out, in fen.</summary>
    public long HeldFen { get; private set; }

    /// <summary>The next step happens at this time, or a minute after the last when that is later.</summary>
    public CaseFlow At(DateTimeOffset at)
    {
        var earliest = Now.AddMinutes(_steps.Count == 0 ? 0 : 1);
        Now = at > earliest ? at : earliest;
        return this;
    }

    /// <summary>The next step happens so much later.</summary>
    public CaseFlow After(TimeSpan pause)
    {
        Now += pause;
        return this;
    }

    /// <summary>Something happens.</summary>
    public CaseFlow Add(EventData data)
    {
        _steps.Add(new CaseStep(Now, data));
        return this;
    }

    /// <summary>A node is done.</summary>
    public CaseFlow Done(string node) => Add(new CaseNode(node));

    /// <summary>A node that takes long is begun.</summary>
    public CaseFlow Entered(string node) => Add(new CaseNode(node, Done: false));

    /// <summary>Something happens beside the flow, and is put where its time belongs.</summary>
    public void Aside(DateTimeOffset at, EventData data) => _asides.Add(new CaseStep(at, data));

    /// <summary>案款到账.</summary>
    /// <returns>The bank's serial number.</returns>
    public string Receive(long amountFen, string payer)
    {
        var serial = NextSerial();
        HeldFen += amountFen;
        Add(new FundsReceived(amountFen, serial, payer));
        return serial;
    }

    /// <summary>冲正 of a receipt, whole.</summary>
    public void Reverse(long amountFen, string receipt)
    {
        HeldFen -= amountFen;
        Add(new FundsReversed(amountFen, NextSerial(), receipt));
    }

    /// <summary>案款发放 of everything held.</summary>
    public void DisburseHeld(string payee)
    {
        Add(new FundsDisbursed(HeldFen, NextSerial(), payee));
        HeldFen = 0;
    }

    /// <summary>结案.</summary>
    public CaseFlow Close(string way)
    {
        _closedAt = Now;
        return Add(new CaseClosed(way));
    }

    /// <summary>The case as planned.</summary>
    public CasePlan Finish()
    {
        // A stable sort: steps of one moment keep their order, and an aside follows the step of its moment.
        CaseStep[] steps = _asides.Count == 0 ? [.. _steps] : [.. _steps.Concat(_asides).OrderBy(step => step.At)];
        return new CasePlan(seed, @case, handler, steps, _closedAt);
    }

    private string NextSerial() => string.Create(CultureInfo.InvariantCulture, $"{_idPrefix}.m{++_movements}");
}
