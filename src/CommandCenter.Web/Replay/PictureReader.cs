using System.Text;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>Reads a block that <see cref="PictureWriter"/> wrote, picture by picture, from its beginning.</summary>
internal sealed class PictureReader
{
    private const int CountMax = 100_000;
    private const int PartBytesMax = 16 * 1024 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<string> _texts = [];
    private int _place;
    private long _lag;

    /// <exception cref="InvalidDataException">The block is of a format that this version does not know.</exception>
    public PictureReader(ReadOnlyMemory<byte> block)
    {
        _bytes = block;
        var format = Byte();
        if (format != PictureWriter.Format)
        {
            throw new InvalidDataException($"The recording is of format {format}; this version reads {PictureWriter.Format}.");
        }
    }

    /// <summary>Milliseconds since 1970 of the picture read last.</summary>
    public long At { get; private set; }

    /// <summary>The picture read last.</summary>
    public CityFigures Figures { get; private set; } = ShownPicture.Nothing;

    /// <summary>The other parts of the picture read last.</summary>
    public IReadOnlyDictionary<string, ShownPart> Parts { get; private set; } = ShownPicture.NoParts;

    /// <summary>Whether all pictures are read.</summary>
    public bool IsAtEnd => _place == _bytes.Length;

    /// <summary>When the next picture was shown, without reading it; <see langword="null"/> at the end.</summary>
    public long? NextAt()
    {
        if (IsAtEnd)
        {
            return null;
        }

        var place = _place;
        var next = At + (long)Unsigned();
        _place = place;
        return next;
    }

    /// <summary>Reads the next picture.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public void Read()
    {
        At += (long)Unsigned();
        var changes = (PictureChanges)Unsigned();
        var last = Figures;
        var version = last.Version + Signed();
        _lag += Signed();
        try
        {
            var courts = changes.HasFlag(PictureChanges.Courts) ? ReadCourts() : last.Courts;
            courts = changes.HasFlag(PictureChanges.CourtFigures) ? ReadCourtFigures(courts) : courts;
            var funds = changes.HasFlag(PictureChanges.Funds) ? ReadFunds(last.Funds24h) : last.Funds24h;
            var indicators = changes.HasFlag(PictureChanges.Indicators) ? ReadIndicators(last.Indicators) : last.Indicators;
            var recent = changes.HasFlag(PictureChanges.Recent) ? ReadRecent(last.Recent) : last.Recent;
            var proof = changes.HasFlag(PictureChanges.Proof) ? new ProofMark(Text(), InstantOrNull(), TextOrNull()) : last.Proof;
            var stopped = changes.HasFlag(PictureChanges.Stopped) ? ReadStopped() : last.Stopped;
            var report = changes.HasFlag(PictureChanges.Recount) ? ReadReport(last.Recount) : last.Recount;
            var lastYear = changes.HasFlag(PictureChanges.LastYear) ? new LastYearFigures(PeriodOrNull(), PeriodOrNull(), PeriodOrNull()) : last.LastYear;
            var trends = changes.HasFlag(PictureChanges.Trends) ? ReadTrends(last.Trends) : last.Trends;
            Parts = changes.HasFlag(PictureChanges.Parts) ? ReadParts() : Parts;
            Figures = new CityFigures(
                version, new DateTimeOffset(TicksOf(At) + _lag, TimeSpan.Zero), courts, funds, indicators, recent, proof, stopped,
                last.Demonstration ^ changes.HasFlag(PictureChanges.Demonstration))
            {
                Recount = report,
                LastYear = lastYear,
                Trends = trends,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The recording is damaged.", exception);
        }
    }

    private static long TicksOf(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).UtcTicks;

    private CourtFigures[] ReadCourts()
    {
        var courts = new CourtFigures[Count()];
        Span<long> values = stackalloc long[PictureLayout.FiguresPerCourt];
        for (var i = 0; i < courts.Length; i++)
        {
            var (mark, zh, en, level) = (Text(), Text(), Text(), Text());
            foreach (ref var value in values)
            {
                value = Signed();
            }

            courts[i] = Gather(mark, zh, en, level, values, SignedOrNull());
        }

        return courts;
    }

    private CourtFigures[] ReadCourtFigures(IReadOnlyList<CourtFigures> before)
    {
        CourtFigures[] courts = [.. before];
        Span<long> values = stackalloc long[PictureLayout.FiguresPerCourt];
        var place = -1;
        for (var left = Count(); left > 0; left--)
        {
            place += 1 + Count();
            var court = courts[place];
            PictureWriter.Spread(court, values);
            var mask = Unsigned();
            for (var j = 0; j < values.Length; j++)
            {
                if ((mask >> j & 1) != 0)
                {
                    values[j] = unchecked(values[j] + Signed());
                }
            }

            var overdue = (mask >> values.Length) != 0 ? SignedOrNull() : court.Overdue;
            courts[place] = Gather(court.Mark, court.NameZh, court.NameEn, court.Level, values, overdue);
        }

        return courts;
    }

    private static CourtFigures Gather(string mark, string zh, string en, string level, ReadOnlySpan<long> values, long? overdue) => new(
        mark, zh, en, level,
        new PeriodFigures(values[0], values[1], values[2], values[3]),
        new PeriodFigures(values[4], values[5], values[6], values[7]),
        new PeriodFigures(values[8], values[9], values[10], values[11]),
        values[12], values[13], overdue);

    private FundsStep[] ReadFunds(IReadOnlyList<FundsStep> before)
    {
        var shift = Count() - 1;
        FundsStep[] funds;
        if (shift < 0)
        {
            funds = new FundsStep[Count()];
            var expected = 0L;
            for (var i = 0; i < funds.Length; i++)
            {
                var at = expected + Signed();
                funds[i] = new FundsStep(new DateTimeOffset(at, TimeSpan.Zero), Signed(), Signed());
                expected = at + PictureLayout.StepTicks;
            }

            return funds;
        }

        funds = new FundsStep[before.Count];
        var first = before[0].At.UtcTicks + (shift * PictureLayout.StepTicks);
        for (var i = 0; i < funds.Length; i++)
        {
            funds[i] = i + shift < before.Count
                ? before[i + shift]
                : new FundsStep(new DateTimeOffset(first + (i * PictureLayout.StepTicks), TimeSpan.Zero), 0, 0);
        }

        for (var left = Count(); left > 0; left--)
        {
            var place = funds.Length - 1 - Count();
            funds[place] = funds[place] with { InFen = unchecked(funds[place].InFen + Signed()), OutFen = unchecked(funds[place].OutFen + Signed()) };
        }

        return funds;
    }

    private IndicatorFigure[] ReadIndicators(IReadOnlyList<IndicatorFigure> before)
    {
        var isSameList = Byte() == 1;
        var indicators = new IndicatorFigure[isSameList ? before.Count : Count()];
        for (var i = 0; i < indicators.Length; i++)
        {
            var known = isSameList ? before[i] : new IndicatorFigure(Text(), null, Double()) { HasSource = Byte() == 1 };
            indicators[i] = Byte() switch
            {
                0 => known,
                1 => known with { Ratio = null },
                _ => known with { Ratio = Double() },
            };
        }

        return indicators;
    }

    private RecentEvent[] ReadRecent(IReadOnlyList<RecentEvent> before)
    {
        var added = Count();
        var recent = new RecentEvent[added + Count()];
        for (var i = 0; i < recent.Length; i++)
        {
            recent[i] = i < added ? new RecentEvent(Instant(), Text(), Text(), Literal(), Text(), SignedOrNull()) : before[i - added];
        }

        return recent;
    }

    private StoppedPartition[] ReadStopped()
    {
        var stopped = new StoppedPartition[Count()];
        for (var i = 0; i < stopped.Length; i++)
        {
            stopped[i] = new StoppedPartition(Count(), Text(), Texts());
        }

        return stopped;
    }

    private RecountReport ReadReport(RecountReport before)
    {
        var (isPaused, cycles) = (Byte() == 1, Signed());
        var partitions = new PartitionProof[Count()];
        for (var i = 0; i < partitions.Length; i++)
        {
            partitions[i] = Byte() == 0 ? before.Partitions[i] : ReadPartition(i < before.Partitions.Count ? before.Partitions[i].Courts : []);
        }

        return new RecountReport(isPaused, cycles, partitions);
    }

    private PartitionProof ReadPartition(IReadOnlyList<CourtProof> before)
    {
        var partition = new PartitionProof(
            (int)Signed(), Texts(), Text(), InstantOrNull(), Signed(), Signed(), Signed(), TimeSpan.FromTicks(Signed()), [], TextOrNull());
        var courts = new CourtProof[Count()];
        for (var i = 0; i < courts.Length; i++)
        {
            courts[i] = Byte() == 0 ? before[i] : ReadCourtProof();
        }

        return partition with { Courts = courts };
    }

    private CourtProof ReadCourtProof()
    {
        var (mark, cells, differing) = (Text(), Signed(), Signed());
        var differences = new RecountDifference[Count()];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = new RecountDifference(Text(), InstantOrNull(), Text(), Text(), Signed(), Signed());
        }

        return new CourtProof(mark, cells, differing, differences);
    }

    private CourtTrend[] ReadTrends(IReadOnlyList<CourtTrend> before)
    {
        var trends = new CourtTrend[Count()];
        for (var i = 0; i < trends.Length; i++)
        {
            var mark = Text();
            var days = new long[Count()];
            var same = Count();
            for (var j = 0; j < days.Length; j++)
            {
                days[j] = j < same ? before[i].PendingByDay[j] : unchecked(Signed() + (j == 0 ? 0 : days[j - 1]));
            }

            trends[i] = new CourtTrend(mark, days);
        }

        return trends;
    }

    private Dictionary<string, ShownPart> ReadParts()
    {
        var parts = new Dictionary<string, ShownPart>(Parts, StringComparer.Ordinal);
        for (var left = Count(); left > 0; left--)
        {
            var name = Text();
            var before = parts.GetValueOrDefault(name);
            parts[name] = new ShownPart(name, Difference(before?.Zh ?? default), Difference(before?.En ?? default));
        }

        return parts;
    }

    private byte[] Difference(ReadOnlyMemory<byte> before)
    {
        var (head, tail, length) = (PartLength(), PartLength(), PartLength());
        if (head + tail > before.Length)
        {
            throw new InvalidDataException("The recording is damaged.");
        }

        return [.. before.Span[..head], .. Take(length), .. before.Span[^tail..]];
    }

    private int PartLength()
    {
        var length = Unsigned();
        return length <= PartBytesMax ? (int)length : throw new InvalidDataException($"A part of {length} bytes.");
    }

    private PeriodFigures? PeriodOrNull() => Byte() == 0 ? null : new PeriodFigures(Signed(), Signed(), Signed(), Signed());

    private byte Byte() => _place < _bytes.Length ? _bytes.Span[_place++] : throw new InvalidDataException("The recording ends too early.");

    private ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number of more than 64 bits.");
    }

    private long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private int Count()
    {
        var count = Unsigned();
        return count <= CountMax ? (int)count : throw new InvalidDataException($"A count of {count}.");
    }

    private long? SignedOrNull() => Byte() == 0 ? null : Signed();

    private double Double()
    {
        var bytes = Take(sizeof(double));
        return BitConverter.Int64BitsToDouble(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(bytes));
    }

    private DateTimeOffset Instant() => new(TicksOf(At) + Signed(), TimeSpan.Zero);

    private DateTimeOffset? InstantOrNull() => Byte() == 0 ? null : Instant();

    private string Text()
    {
        var number = Unsigned();
        if (number == 0)
        {
            var text = Literal();
            _texts.Add(text);
            return text;
        }

        return number <= (ulong)_texts.Count ? _texts[(int)number - 1] : throw new InvalidDataException($"There is no text {number}.");
    }

    private string? TextOrNull() => Byte() == 0 ? null : Literal();

    private string Literal() => Encoding.UTF8.GetString(Take(Count()));

    private string[] Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_bytes.Length - _place < length)
        {
            throw new InvalidDataException("The recording ends too early.");
        }

        var bytes = _bytes.Span.Slice(_place, length);
        _place += length;
        return bytes;
    }
}
