using System.Buffers.Binary;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Indicators;
using CommandCenter.TimeSeries.Embedded;

namespace CommandCenter.Web.Grains;

/// <summary>The court grain: its stock now, and its flows in five-minute windows and in days.</summary>
internal sealed class CourtGrain(Court court)
{
    // Checks go on from a day before the newest window: what nobody touched since need not be added up again.
    private const int WindowsCheckedAgain = 288;

    private readonly ChangeMarks _marks = new();
    private int _checkedBefore = int.MinValue;
    private long[] _sumsBefore = new long[Flows.ColumnCount];

    public Court Court { get; } = court;

    /// <summary>The most fen that one court may ever book, both ways and reversals together: 2^58, so that no sum over courts can overflow.</summary>
    public const long BookedFenMax = 1L << 58;

    public CourtStock Stock { get; private set; }

    /// <summary>The controls of its open cases by their last day.</summary>
    public ControlDays Controls { get; } = new();

    /// <summary>All fen ever booked, both ways and reversals together.</summary>
    public long BookedFen { get; private set; }

    /// <summary>Flows by 5-minute window of event time.</summary>
    public WindowSeries Windows { get; private set; } = new(Flows.ColumnCount);

    /// <summary>The same flows by calendar day.</summary>
    public WindowSeries Days { get; private set; } = new(Flows.ColumnCount);

    /// <summary>How long cases of the main classes stood at the nodes that they left.</summary>
    public NodeTimes Passed { get; private set; } = new();

    /// <summary>Cases of every class ever taken over.</summary>
    public long TransferredIn { get; private set; }

    /// <summary>Cases of every class ever given away.</summary>
    public long TransferredOut { get; private set; }

    /// <summary>Raised by every change: who shows figures compares it.</summary>
    public long Version { get; private set; }

    public void Count(CaseEvent @event, CaseState before, CaseState after, CaseClass @class)
    {
        Stock = Stock.After(before, after);
        Controls.Change(before, after);
        TransferredIn += @event is CaseEvent.CaseAdmitted ? 1 : 0;
        TransferredOut += @event is CaseEvent.CaseTransferred ? 1 : 0;
        Version++;
        Span<Flow> flows = stackalloc Flow[Flows.PerEventMax];
        var count = Flows.Read(@event, @class, flows);
        if (count == 0)
        {
            return;
        }

        var window = ShanghaiTime.WindowOf(@event.At);
        if (window < _checkedBefore)
        {
            // A late event: every pending after it changes, so all of them are checked again.
            _checkedBefore = int.MinValue;
            _sumsBefore = new long[Flows.ColumnCount];
        }

        _marks.Add(Version, window);
        var day = ShanghaiTime.DayNumberOf(@event.At);
        foreach (var flow in flows[..count])
        {
            Windows.Add(window, flow.Column, flow.Delta);
            Days.Add(day, flow.Column, flow.Delta);
            BookedFen += flow.Column is >= Flows.FundsIn and <= Flows.FundsOutReversed ? flow.Delta : 0;
        }
    }

    /// <summary>The earliest window touched after a version of this object; <see langword="null"/> when none was.</summary>
    public int? TouchedSince(long version) => _marks.Since(version);

    /// <summary>The flows of the days in <c>[from, to)</c>.</summary>
    public Caseload SumDays(int from, int to)
    {
        var sums = new long[Flows.ColumnCount];
        Days.AddTo(from, to, sums);
        return new Caseload(sums);
    }

    /// <summary>
    /// Checks 收结存 at every window: pending before + received + transferred in = closed + transferred out + pending after, never below
    /// zero, ending at the stock that the grains' states count to; the same for the terminal stock, and windows and days add up alike.
    /// </summary>
    /// <returns>The first cell that breaks the identity, or <see langword="null"/>.</returns>
    public IdentityFault? Check()
    {
        var sums = (long[])_sumsBefore.Clone();
        var load = new Caseload(sums);
        var keepBefore = Windows.Count == 0 ? int.MinValue : Windows.Windows[^1] - WindowsCheckedAgain;
        for (var i = Windows.IndexFrom(_checkedBefore); i < Windows.Count; i++)
        {
            if (_checkedBefore < keepBefore && Windows.Windows[i] >= keepBefore)
            {
                _checkedBefore = keepBefore;
                _sumsBefore = (long[])sums.Clone();
            }

            Windows.AddTo(i, sums);
            for (var @class = 0; @class < CaseType.ClassCount; @class++)
            {
                if (load.PendingGrowthOf((CaseClass)@class) < 0)
                {
                    return new IdentityFault(Court.Mark, Windows.Windows[i], "pending", load.PendingGrowthOf((CaseClass)@class), 0);
                }
            }

            if (load.TerminalGrowth < 0)
            {
                return new IdentityFault(Court.Mark, Windows.Windows[i], "terminal", load.TerminalGrowth, 0);
            }
        }

        var last = Windows.Count == 0 ? 0 : Windows.Windows[^1];
        for (var @class = 0; @class < CaseType.ClassCount; @class++)
        {
            var growth = load.PendingGrowthOf((CaseClass)@class);
            if (growth != Stock.Open((CaseClass)@class))
            {
                return new IdentityFault(Court.Mark, last, "pending", growth, Stock.Open((CaseClass)@class));
            }
        }

        if (load.TerminalGrowth != Stock.Terminal)
        {
            return new IdentityFault(Court.Mark, last, "terminal", load.TerminalGrowth, Stock.Terminal);
        }

        var days = new long[Flows.ColumnCount];
        Days.AddTo(int.MinValue, int.MaxValue, days);
        var column = sums.AsSpan().CommonPrefixLength(days);
        return column == Flows.ColumnCount ? null : new IdentityFault(Court.Mark, last, $"days of column {column}", sums[column], days[column]);
    }

    public void WriteTo(Stream stream)
    {
        Span<byte> stock = stackalloc byte[5 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(stock, Stock.OpenFirst);
        BinaryPrimitives.WriteInt64LittleEndian(stock[8..], Stock.OpenReinstated);
        BinaryPrimitives.WriteInt64LittleEndian(stock[16..], Stock.OpenPreservation);
        BinaryPrimitives.WriteInt64LittleEndian(stock[24..], Stock.OpenOther);
        BinaryPrimitives.WriteInt64LittleEndian(stock[32..], Stock.Terminal);
        stream.Write(stock);
        Controls.WriteTo(stream);
        Windows.WriteTo(stream);
        Days.WriteTo(stream);
        Passed.WriteTo(stream);
    }

    public void ReadFrom(Stream stream, TextPool texts)
    {
        Span<byte> stock = stackalloc byte[5 * sizeof(long)];
        stream.ReadExactly(stock);
        Stock = new CourtStock(
            BinaryPrimitives.ReadInt64LittleEndian(stock),
            BinaryPrimitives.ReadInt64LittleEndian(stock[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(stock[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(stock[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(stock[32..]));
        Controls.ReadFrom(stream);
        Windows = WindowSeries.ReadFrom(stream, Flows.ColumnCount);
        Days = WindowSeries.ReadFrom(stream, Flows.ColumnCount);
        Passed = NodeTimes.ReadFrom(stream, texts);
        _checkedBefore = int.MinValue;
        _sumsBefore = new long[Flows.ColumnCount];
        var sums = new long[Flows.ColumnCount];
        Days.AddTo(int.MinValue, int.MaxValue, sums);
        BookedFen = sums[Flows.FundsIn] + sums[Flows.FundsInReversed] + sums[Flows.FundsOut] + sums[Flows.FundsOutReversed];
        for (var @class = 0; @class < CaseType.ClassCount; @class++)
        {
            TransferredIn += sums[Flows.TransferredIn + @class];
            TransferredOut += sums[Flows.TransferredOut + @class];
        }

        Version++;
    }
}

/// <summary>A window in which 收结存 does not add up.</summary>
/// <param name="CourtMark">The court.</param>
/// <param name="Window">The window's number; see <see cref="ShanghaiTime.StartOfWindow"/>.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="Counted">What the flows add up to.</param>
/// <param name="Expected">What it must be.</param>
internal sealed record IdentityFault(string CourtMark, int Window, string Figure, long Counted, long Expected)
{
    public override string ToString() =>
        $"{CourtMark} {ShanghaiTime.StartOfWindow(Window).ToOffset(ShanghaiTime.Offset):yyyy-MM-dd HH:mm} {Figure}: {Counted} ≠ {Expected}";
}
