using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>
/// Writes one block of the recording: a whole picture, then of each picture only what differs from the one before. <see cref="PictureReader"/>
/// says what each byte means by reading it.
/// </summary>
/// <remarks>
/// Not thread-safe. Every number is a varint, signed ones zig-zag; fen and cases are written as the change since the last picture, so that a city
/// at rest costs about six bytes a second. Texts are written once a block and named by number afterwards.
/// </remarks>
internal sealed class PictureWriter
{
    /// <summary>Raised when bytes change their meaning; a block says which one it is.</summary>
    public const byte Format = 1;

    private readonly PictureBytes _bytes = new();
    private readonly Dictionary<string, ShownPart> _parts = new(StringComparer.Ordinal);
    private CityFigures _last = ShownPicture.Nothing;
    private long _lastAt;
    private long _lastLag;

    public PictureWriter() => _bytes.Byte(Format);

    /// <summary>All bytes since the block began.</summary>
    public ReadOnlySpan<byte> Written => _bytes.Written;

    /// <summary>The picture written last.</summary>
    public CityFigures Last => _last;

    /// <summary>Writes the next picture.</summary>
    /// <param name="at">Milliseconds since 1970; more than the last one's.</param>
    /// <param name="next">What is shown.</param>
    /// <param name="parts">Other parts of the walls, when somebody looked at them; those that are as they were cost nothing.</param>
    public void Write(long at, CityFigures next, IReadOnlyList<ShownPart> parts)
    {
        ShownPart[] changed = [.. parts.Where(part => !_parts.TryGetValue(part.Name, out var before) || before != part)];
        var sameCourts = PictureComparison.SameCourts(_last.Courts, next.Courts);
        var changes = PictureChanges.None;
        changes |= !sameCourts ? PictureChanges.Courts : _last.Courts.SequenceEqual(next.Courts) ? 0 : PictureChanges.CourtFigures;
        changes |= _last.Funds24h.SequenceEqual(next.Funds24h) ? 0 : PictureChanges.Funds;
        changes |= _last.Indicators.SequenceEqual(next.Indicators) ? 0 : PictureChanges.Indicators;
        changes |= _last.Recent.SequenceEqual(next.Recent) ? 0 : PictureChanges.Recent;
        changes |= _last.Proof == next.Proof ? 0 : PictureChanges.Proof;
        changes |= PictureComparison.SameStopped(_last.Stopped, next.Stopped) ? 0 : PictureChanges.Stopped;
        changes |= PictureComparison.SameReport(_last.Recount, next.Recount) ? 0 : PictureChanges.Recount;
        changes |= _last.Demonstration == next.Demonstration ? 0 : PictureChanges.Demonstration;
        changes |= _last.LastYear == next.LastYear ? 0 : PictureChanges.LastYear;
        changes |= changed.Length == 0 ? 0 : PictureChanges.Parts;
        changes |= PictureComparison.SameTrends(_last.Trends, next.Trends) ? 0 : PictureChanges.Trends;

        _bytes.Number(at - _lastAt);
        _bytes.Number((ulong)changes);
        _bytes.Signed(next.Version - _last.Version);
        var lag = next.AsOf.UtcTicks - TicksOf(at);
        _bytes.Signed(lag - _lastLag);
        (_lastAt, _lastLag) = (at, lag);
        _bytes.SetTime(TicksOf(at));
        if (changes.HasFlag(PictureChanges.Courts))
        {
            WriteCourts(next.Courts);
        }

        if (changes.HasFlag(PictureChanges.CourtFigures))
        {
            WriteCourtFigures(_last.Courts, next.Courts);
        }

        if (changes.HasFlag(PictureChanges.Funds))
        {
            WriteFunds(_last.Funds24h, next.Funds24h);
        }

        if (changes.HasFlag(PictureChanges.Indicators))
        {
            WriteIndicators(_last.Indicators, next.Indicators);
        }

        if (changes.HasFlag(PictureChanges.Recent))
        {
            WriteRecent(_last.Recent, next.Recent);
        }

        if (changes.HasFlag(PictureChanges.Proof))
        {
            _bytes.Text(next.Proof.State);
            _bytes.InstantOrNull(next.Proof.At);
            _bytes.TextOrNull(next.Proof.Cell);
        }

        if (changes.HasFlag(PictureChanges.Stopped))
        {
            WriteStopped(next.Stopped);
        }

        if (changes.HasFlag(PictureChanges.Recount))
        {
            WriteReport(_last.Recount, next.Recount);
        }

        if (changes.HasFlag(PictureChanges.LastYear))
        {
            PeriodOrNull(next.LastYear.Today);
            PeriodOrNull(next.LastYear.Month);
            PeriodOrNull(next.LastYear.Year);
        }

        if (changes.HasFlag(PictureChanges.Trends))
        {
            WriteTrends(_last.Trends, next.Trends);
        }

        if (changes.HasFlag(PictureChanges.Parts))
        {
            WriteParts(changed);
        }

        _last = next;
    }

    /// <summary>The figures of a court in the order in which they are written; overdue, which may be unknown, comes after them.</summary>
    public static void Spread(CourtFigures court, Span<long> values)
    {
        var place = 0;
        foreach (var period in (ReadOnlySpan<PeriodFigures>)[court.Today, court.Month, court.Year])
        {
            values[place++] = period.Received;
            values[place++] = period.Closed;
            values[place++] = period.FundsInFen;
            values[place++] = period.FundsOutFen;
        }

        values[place++] = court.Pending;
        values[place] = court.TerminalStock;
    }

    private static long TicksOf(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).UtcTicks;

    private void WriteCourts(IReadOnlyList<CourtFigures> courts)
    {
        Span<long> values = stackalloc long[PictureLayout.FiguresPerCourt];
        _bytes.Number(courts.Count);
        foreach (var court in courts)
        {
            _bytes.Text(court.Mark);
            _bytes.Text(court.NameZh);
            _bytes.Text(court.NameEn);
            _bytes.Text(court.Level);
            Spread(court, values);
            foreach (var value in values)
            {
                _bytes.Signed(value);
            }

            _bytes.SignedOrNull(court.Overdue);
        }
    }

    private void WriteCourtFigures(IReadOnlyList<CourtFigures> before, IReadOnlyList<CourtFigures> after)
    {
        Span<long> old = stackalloc long[PictureLayout.FiguresPerCourt];
        Span<long> values = stackalloc long[PictureLayout.FiguresPerCourt];
        var changed = 0;
        for (var i = 0; i < after.Count; i++)
        {
            changed += before[i] == after[i] ? 0 : 1;
        }

        _bytes.Number(changed);
        var last = -1;
        for (var i = 0; i < after.Count; i++)
        {
            if (before[i] == after[i])
            {
                continue;
            }

            _bytes.Number(i - last - 1);
            last = i;
            Spread(before[i], old);
            Spread(after[i], values);
            var mask = before[i].Overdue == after[i].Overdue ? 0UL : 1UL << values.Length;
            for (var j = 0; j < values.Length; j++)
            {
                mask |= old[j] == values[j] ? 0 : 1UL << j;
            }

            _bytes.Number(mask);
            for (var j = 0; j < values.Length; j++)
            {
                if (old[j] != values[j])
                {
                    _bytes.Signed(unchecked(values[j] - old[j]));
                }
            }

            if ((mask >> values.Length) != 0)
            {
                _bytes.SignedOrNull(after[i].Overdue);
            }
        }
    }

    // Every five minutes the day moves on by a window; nearly all else that happens is in the last one.
    private void WriteFunds(IReadOnlyList<FundsStep> before, IReadOnlyList<FundsStep> after)
    {
        var shift = PictureLayout.ShiftOf(before, after);
        _bytes.Number((ulong)(shift + 1));
        if (shift < 0)
        {
            _bytes.Number(after.Count);
            var expected = 0L;
            foreach (var step in after)
            {
                _bytes.Signed(step.At.UtcTicks - expected);
                _bytes.Signed(step.InFen);
                _bytes.Signed(step.OutFen);
                expected = step.At.UtcTicks + PictureLayout.StepTicks;
            }

            return;
        }

        var changed = new List<(int Index, long In, long Out)>();
        for (var i = 0; i < after.Count; i++)
        {
            var (oldIn, oldOut) = i + shift < before.Count ? (before[i + shift].InFen, before[i + shift].OutFen) : (0, 0);
            if (after[i].InFen != oldIn || after[i].OutFen != oldOut)
            {
                changed.Add((i, unchecked(after[i].InFen - oldIn), unchecked(after[i].OutFen - oldOut)));
            }
        }

        _bytes.Number(changed.Count);
        foreach (var (index, fundsIn, fundsOut) in changed)
        {
            _bytes.Number(after.Count - 1 - index);
            _bytes.Signed(fundsIn);
            _bytes.Signed(fundsOut);
        }
    }

    private void WriteIndicators(IReadOnlyList<IndicatorFigure> before, IReadOnlyList<IndicatorFigure> after)
    {
        var isSameList = before.Count == after.Count && before.Zip(after).All(static pair => pair.First with { Ratio = null } == pair.Second with { Ratio = null });
        _bytes.Byte(isSameList ? (byte)1 : (byte)0);
        if (!isSameList)
        {
            _bytes.Number(after.Count);
        }

        for (var i = 0; i < after.Count; i++)
        {
            if (!isSameList)
            {
                _bytes.Text(after[i].Code);
                _bytes.Double(after[i].Target);
                _bytes.Byte(after[i].HasSource ? (byte)1 : (byte)0);
            }

            // 0: as it was; 1: unknown; 2: a number follows.
            var isSame = isSameList && before[i].Ratio.Equals(after[i].Ratio);
            _bytes.Byte(isSame ? (byte)0 : after[i].Ratio is null ? (byte)1 : (byte)2);
            if (!isSame && after[i].Ratio is { } ratio)
            {
                _bytes.Double(ratio);
            }
        }
    }

    private void WriteRecent(IReadOnlyList<RecentEvent> before, IReadOnlyList<RecentEvent> after)
    {
        var added = 0;
        while (added < after.Count && !IsTail(before, after, added))
        {
            added++;
        }

        _bytes.Number(added);
        _bytes.Number(after.Count - added);
        for (var i = 0; i < added; i++)
        {
            var recent = after[i];
            _bytes.Instant(recent.At);
            _bytes.Text(recent.CourtZh);
            _bytes.Text(recent.CourtEn);
            _bytes.TextOnce(recent.CaseNumber); // Nearly never the same twice: not worth a place among the texts.
            _bytes.Text(recent.Type);
            _bytes.SignedOrNull(recent.AmountFen);
        }
    }

    private static bool IsTail(IReadOnlyList<RecentEvent> before, IReadOnlyList<RecentEvent> after, int added)
    {
        if (after.Count - added > before.Count)
        {
            return false;
        }

        for (var i = added; i < after.Count; i++)
        {
            if (after[i] != before[i - added])
            {
                return false;
            }
        }

        return true;
    }

    private void WriteStopped(IReadOnlyList<StoppedPartition> stopped)
    {
        _bytes.Number(stopped.Count);
        foreach (var partition in stopped)
        {
            _bytes.Number(partition.Index);
            _bytes.Text(partition.Reason);
            _bytes.Texts(partition.CourtMarks);
        }
    }

    private void WriteReport(RecountReport before, RecountReport after)
    {
        _bytes.Byte(after.IsPaused ? (byte)1 : (byte)0);
        _bytes.Signed(after.Cycles);
        _bytes.Number(after.Partitions.Count);
        for (var i = 0; i < after.Partitions.Count; i++)
        {
            var old = i < before.Partitions.Count ? before.Partitions[i] : null;
            var isSame = old is not null && PictureComparison.SamePartition(old, after.Partitions[i]);
            _bytes.Byte(isSame ? (byte)0 : (byte)1);
            if (!isSame)
            {
                WritePartition(old?.Courts ?? [], after.Partitions[i]);
            }
        }
    }

    private void WritePartition(IReadOnlyList<CourtProof> before, PartitionProof partition)
    {
        _bytes.Signed(partition.Index);
        _bytes.Texts(partition.Marks);
        _bytes.Text(partition.State);
        _bytes.InstantOrNull(partition.ProvedAt);
        _bytes.Signed(partition.Position);
        _bytes.Signed(partition.RecordsRead);
        _bytes.Signed(partition.RecordsToRead);
        _bytes.Signed(partition.Duration.Ticks);
        _bytes.TextOrNull(partition.Fault);
        _bytes.Number(partition.Courts.Count);
        for (var i = 0; i < partition.Courts.Count; i++)
        {
            var court = partition.Courts[i];
            var isSame = i < before.Count && PictureComparison.SameCourt(before[i], court);
            _bytes.Byte(isSame ? (byte)0 : (byte)1);
            if (!isSame)
            {
                WriteCourtProof(court);
            }
        }
    }

    private void WriteCourtProof(CourtProof court)
    {
        _bytes.Text(court.Mark);
        _bytes.Signed(court.Cells);
        _bytes.Signed(court.Differing);
        _bytes.Number(court.Differences.Count);
        foreach (var difference in court.Differences)
        {
            _bytes.Text(difference.Court);
            _bytes.InstantOrNull(difference.T);
            _bytes.Text(difference.Step);
            _bytes.Text(difference.Figure);
            _bytes.Signed(difference.Shown);
            _bytes.Signed(difference.Counted);
        }
    }

    // Nearly always only the last day differs: as many days as are the same are counted, the rest written as steps from day to day.
    private void WriteTrends(IReadOnlyList<CourtTrend> before, IReadOnlyList<CourtTrend> after)
    {
        _bytes.Number(after.Count);
        for (var i = 0; i < after.Count; i++)
        {
            var (old, days) = (i < before.Count && before[i].Mark == after[i].Mark ? before[i].PendingByDay : [], after[i].PendingByDay);
            _bytes.Text(after[i].Mark);
            _bytes.Number(days.Count);
            var same = 0;
            while (same < days.Count && same < old.Count && old[same] == days[same])
            {
                same++;
            }

            _bytes.Number(same);
            for (var j = same; j < days.Count; j++)
            {
                _bytes.Signed(unchecked(days[j] - (j == 0 ? 0 : days[j - 1])));
            }
        }
    }

    private void WriteParts(ShownPart[] changed)
    {
        _bytes.Number(changed.Length);
        foreach (var part in changed)
        {
            var before = _parts.GetValueOrDefault(part.Name);
            _bytes.Text(part.Name);
            Difference(before is null ? [] : before.Zh.Span, part.Zh.Span);
            Difference(before is null ? [] : before.En.Span, part.En.Span);
            _parts[part.Name] = part;
        }
    }

    // What a row changes lies between a beginning and an end that stay.
    private void Difference(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var head = before.CommonPrefixLength(after);
        var tail = 0;
        while (tail < Math.Min(before.Length, after.Length) - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        _bytes.Number(head);
        _bytes.Number(tail);
        _bytes.Bytes(after[head..^tail]);
    }

    private void PeriodOrNull(PeriodFigures? period)
    {
        _bytes.Byte(period is null ? (byte)0 : (byte)1);
        if (period is not null)
        {
            _bytes.Signed(period.Received);
            _bytes.Signed(period.Closed);
            _bytes.Signed(period.FundsInFen);
            _bytes.Signed(period.FundsOutFen);
        }
    }
}
