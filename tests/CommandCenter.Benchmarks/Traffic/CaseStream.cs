using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Benchmarks.Traffic;

/// <summary>
/// Events of one source as NDJSON, each case in the order of its script and the cases mixed as on a real day: whoever's turn it is
/// takes one step. The same seed gives the same events.
/// </summary>
internal sealed class CaseStream
{
    private const int LineBytesMax = 2_048;
    private const int PositionOneIn = 20;
    private const double OpenShare = 0.3;
    private static readonly TimeSpan s_shanghai = TimeSpan.FromHours(8);

#pragma warning disable CA5394 // Repeatable, not secret.
    private readonly Random _random;
    private readonly (CaseStep Step, string Node)[] _script;
    private readonly List<ActiveCase> _active = [];
    private readonly int _source;
    private readonly int _sourceCount;
    private TimeSpan _pace;
    private DateTimeOffset _now;
    private int _caseCount;
    private int _filed;
    private int _opened;
    private long _eventCount;

    private CaseStream(int source, int sourceCount, (CaseStep, string)[] script, DateTimeOffset from, TimeSpan pace)
    {
        _random = new Random(source + 1);
        _script = script;
        _source = source;
        _sourceCount = sourceCount;
        _now = from;
        _pace = pace;
    }

    /// <summary>A working day that goes on and on: a fixed number of cases under way, a new one for each that ends, officers on the move.</summary>
    /// <param name="source">From 0; streams of different sources never name the same case.</param>
    /// <param name="sourceCount">How many sources there are.</param>
    /// <param name="activeCount">Cases under way.</param>
    /// <param name="pace">Time between two events of a source; 200 ms when not given.</param>
    public static CaseStream WholeLives(int source, int sourceCount, int activeCount, TimeSpan? pace = null)
    {
        var stream = new CaseStream(
            source, sourceCount, CaseScript.Whole, new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero), pace ?? TimeSpan.FromMilliseconds(200));
        for (var i = 0; i < activeCount; i++)
        {
            stream._active.Add(new ActiveCase());
        }

        return stream;
    }

    /// <summary>Cases of about four events, one after the other.</summary>
    /// <param name="source">From 0; streams of different sources never name the same case.</param>
    /// <param name="sourceCount">How many sources there are.</param>
    /// <param name="caseCount">How many cases.</param>
    /// <param name="from">When the first is filed.</param>
    /// <param name="pace">Time between two events.</param>
    public static CaseStream ShortLives(int source, int sourceCount, int caseCount, DateTimeOffset from, TimeSpan pace)
    {
        var stream = new CaseStream(source, sourceCount, CaseScript.Short, from, pace) { _caseCount = caseCount };
        stream._active.Add(new ActiveCase());
        return stream;
    }

    /// <summary>From now on at another time and another pace.</summary>
    public void GoOn(DateTimeOffset from, TimeSpan pace) => (_now, _pace) = (from, pace);

    /// <summary>Writes the next event of the opening: every case under way goes to another step, so that the mix is that of any day.</summary>
    /// <returns>Whether there was one.</returns>
    public bool WriteOpening(IBufferWriter<byte> to)
    {
        while (_opened < _active.Count && _active[_opened].Step > _opened % (_script.Length - 2))
        {
            _opened++;
        }

        if (_opened == _active.Count)
        {
            return false;
        }

        WriteStep(to, _active[_opened]);
        return true;
    }

    /// <summary>Writes the event of whoever's turn it is.</summary>
    public void WriteNext(IBufferWriter<byte> to)
    {
        if (_random.Next(PositionOneIn) == 0)
        {
            WritePosition(to);
            return;
        }

        WriteStep(to, _active[_random.Next(_active.Count)]);
    }

    /// <summary>Writes the next event of cases one after the other, some of which skip a step and some of which stay open.</summary>
    /// <returns>Whether there was one.</returns>
    public bool WriteShort(IBufferWriter<byte> to)
    {
        while (true)
        {
            var @case = _active[^1];
            if (@case.Step == 0 && _filed == _caseCount)
            {
                return false;
            }

            var isLeftOut = _script[@case.Step].Step switch
            {
                CaseStep.Closed => _random.NextDouble() < OpenShare,
                CaseStep.Node or CaseStep.Received => _random.Next(3) == 0,
                _ => false,
            };
            if (!isLeftOut)
            {
                WriteStep(to, @case);
                return true;
            }

            @case.Step = (@case.Step + 1) % _script.Length;
        }
    }

    private void WriteStep(IBufferWriter<byte> to, ActiveCase @case)
    {
        var (step, node) = _script[@case.Step];
        if (step == CaseStep.Filed)
        {
            Begin(@case);
        }

        var room = to.GetSpan(LineBytesMax);
        var used = WriteHead(room, TypeOf(step), @case.Court);
        _ = Utf8.TryWrite(
            room[used..], CultureInfo.InvariantCulture,
            $",\"case\":\"({@case.Year}){@case.Court.Mark}执{@case.Number}号\",\"by\":\"{@case.Handler}\",\"data\":", out var length);
        used += length;
        used += WriteData(room[used..], step, node, @case);
        "}\n"u8.CopyTo(room[used..]);
        to.Advance(used + 2);
        @case.Step = (@case.Step + 1) % _script.Length;
    }

    private void Begin(ActiveCase @case)
    {
        @case.Year = _now.ToOffset(s_shanghai).Year;
        @case.Number = 1 + _source + (_filed++ * _sourceCount);
        @case.Court = Invented.Courts[_random.Next(Invented.Courts.Length)];
        @case.Handler = Invented.Handler(@case.Court, @case.Number);
        @case.ClaimFen = 50_000 + _random.NextInt64(100_000_000);
    }

    private int WriteHead(Span<byte> room, string type, Court court)
    {
        var id = ++_eventCount;
        var at = (_now += _pace).ToOffset(s_shanghai);
        _ = Utf8.TryWrite(
            room, CultureInfo.InvariantCulture,
            $"{{\"id\":\"s{_source:D2}-{id:D10}\",\"type\":\"{type}\",\"at\":\"{at:yyyy-MM-dd'T'HH:mm:ss}+08:00\",\"court\":\"{court.Mark}\"", out var length);
        return length;
    }

    private int WriteData(Span<byte> room, CaseStep step, string node, ActiveCase @case)
    {
        var length = 0;
        _ = step switch
        {
            CaseStep.Filed => Utf8.TryWrite(
                room, CultureInfo.InvariantCulture,
                $"{{\"kind\":\"执\",\"cause\":\"{Invented.Causes[_random.Next(Invented.Causes.Length)]}\",\"claimFen\":{@case.ClaimFen},\"basis\":\"民事判决书\",\"applicants\":[\"{Invented.Person(_random)}\"],\"debtors\":[\"{(_random.Next(2) == 0 ? Invented.Company(_random) : Invented.Person(_random))}\"]}}",
                out length),
            CaseStep.Assigned => Utf8.TryWrite(room, CultureInfo.InvariantCulture, $"{{\"handler\":\"{@case.Handler}\"}}", out length),
            CaseStep.Node => Utf8.TryWrite(room, CultureInfo.InvariantCulture, $"{{\"node\":\"{node}\",\"phase\":\"done\"}}", out length),
            CaseStep.Controlled => Utf8.TryWrite(
                room, CultureInfo.InvariantCulture,
                $"{{\"propertyId\":\"p1\",\"class\":\"deposit\",\"act\":\"freeze\",\"until\":\"2027-06-30\",\"amountFen\":{@case.ClaimFen},\"rank\":1}}", out length),
            CaseStep.Received => Utf8.TryWrite(
                room, CultureInfo.InvariantCulture, $"{{\"amountFen\":{@case.ClaimFen},\"serial\":\"ICBC{@case.Number:D9}\",\"payer\":\"被执行人\"}}", out length),
            CaseStep.Disbursed => Utf8.TryWrite(
                room, CultureInfo.InvariantCulture, $"{{\"amountFen\":{@case.ClaimFen},\"serial\":\"OUT{@case.Number:D9}\",\"payee\":\"申请执行人\"}}", out length),
            CaseStep.Released => Utf8.TryWrite(room, CultureInfo.InvariantCulture, $"{{\"propertyId\":\"p1\"}}", out length),
            _ => Utf8.TryWrite(room, CultureInfo.InvariantCulture, $"{{\"way\":\"{(@case.Number % 3 == 0 ? "ZB" : "WB")}\"}}", out length),
        };
        return length;
    }

    private void WritePosition(IBufferWriter<byte> to)
    {
        var court = Invented.Courts[_random.Next(Invented.Courts.Length)];
        var officer = _random.Next(Invented.HandlersPerCourt);
        var room = to.GetSpan(LineBytesMax);
        var used = WriteHead(room, "officer.position", court);
        _ = Utf8.TryWrite(
            room[used..], CultureInfo.InvariantCulture,
            $",\"by\":\"{Invented.Handler(court, officer)}\",\"data\":{{\"lat\":31.{_random.Next(1_000_000):D6},\"lon\":121.{_random.Next(1_000_000):D6},\"accuracyM\":12,\"datum\":\"WGS84\"}}}}\n",
            out var length);
        to.Advance(used + length);
    }
#pragma warning restore CA5394

    private static string TypeOf(CaseStep step) => step switch
    {
        CaseStep.Filed => "case.filed",
        CaseStep.Assigned => "case.assigned",
        CaseStep.Node => "case.node",
        CaseStep.Controlled => "property.controlled",
        CaseStep.Received => "funds.received",
        CaseStep.Disbursed => "funds.disbursed",
        CaseStep.Released => "property.released",
        _ => "case.closed",
    };

    private sealed class ActiveCase
    {
        public int Step;
        public int Year;
        public int Number;
        public long ClaimFen;
        public Court Court = Invented.Courts[0];
        public string Handler = "";
    }
}
