using System.Buffers.Binary;
using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Web.Grains;

/// <content>Snapshots: everything but the journal, in frames of length and bytes.</content>
internal sealed partial class GrainModel
{
    /// <summary>Version of the layout below. A snapshot of another version is ignored and the journal is replayed.</summary>
    public const int SnapshotVersion = 7;

    private const int FrameBytes = 256 * 1024;

    public ISnapshot Capture()
    {
        var meta = new ByteWriter();
        WriteMeta(meta);
        var courts = new MemoryStream();
        foreach (var court in Courts)
        {
            var mark = new ByteWriter();
            mark.Text(court.Court.Mark);
            WriteFrame(courts, mark.Written);
            court.WriteTo(courts);
        }

        return new Snapshot(
            meta, courts, Courts.Count(), _ids.Capture() + _officerIds.Capture(), _cases.Capture(), _texts.Capture(), _codec);
    }

    public void Restore(Stream snapshot)
    {
        var stream = new BufferedStream(snapshot, FrameBytes);
        ReadMeta(ReadFrame(stream));
        var courtCount = BinaryPrimitives.ReadInt32LittleEndian(ReadFrame(stream));
        for (var i = 0; i < courtCount; i++)
        {
            var from = new ByteReader(ReadFrame(stream), _texts);
            CourtOf(from.SharedText()).ReadFrom(stream, _texts);
        }

        _ids.Restore(stream);
        _officerIds.Restore(stream);
        ClaimLatestIds();
        _cases.Reserve(BinaryPrimitives.ReadInt32LittleEndian(ReadFrame(stream)));
        var frame = new byte[FrameBytes * 2]; // One for all: hundreds of megabytes would be cleared and collected while everybody waits.
        while (ReadFrame(stream, ref frame) is { Length: > 0 } cases)
        {
            var from = new ByteReader(cases, _texts);
            while (!from.IsAtEnd)
            {
                ReadCase(ref from);
            }
        }
    }

    // No more than are remembered of all partitions together: the old ones of one would only push out the latest of another.
    private void ClaimLatestIds()
    {
        var from = Math.Max(_ids.LastPosition, _officerIds.LastPosition) - _grains.Owners.ShareOf(_grains.Map.PartitionCount);
        foreach (var hash in _officerIds.HashesAfter(from).Concat(_ids.HashesAfter(from)))
        {
            _ = _grains.Owners.TryClaim(hash, _partition.Index);
        }
    }

    private void WriteMeta(ByteWriter to)
    {
        to.Instant(LatestAt);
        to.Instant(RecordedAt);
        to.Number(_inbox.Count);
        foreach (var (partition, position) in _inbox)
        {
            to.Number(partition);
            to.Number(position);
        }

        to.Number(_outbox.Count);
        foreach (var message in _outbox)
        {
            to.Number(message.Position);
            to.Number(message.Target);
            RecordCodec.WriteNumber(to, message.Number);
            RecordCodec.WriteLink(to, message.Chain);
            RecordCodec.WriteMessageCommand(to, message.Command);
        }

        to.Number(_officers.Count);
        foreach (var ((court, _), officer) in _officers)
        {
            to.Text(court);
            RecordCodec.WriteOfficer(to, officer);
        }
    }

    private void ReadMeta(ReadOnlySpan<byte> bytes)
    {
        var from = new ByteReader(bytes, _texts);
        LatestAt = from.Instant();
        RecordedAt = from.Instant();
        for (var left = from.Int(); left > 0; left--)
        {
            _inbox.Add(from.Int(), from.Long());
        }

        for (var left = from.Int(); left > 0; left--)
        {
            _outbox.Enqueue(new OutboxMessage(
                from.Long(), from.Int(), RecordCodec.ReadNumber(ref from), RecordCodec.ReadLink(ref from), RecordCodec.ReadMessageCommand(ref from)));
        }

        for (var left = from.Int(); left > 0; left--)
        {
            var court = from.SharedText();
            var officer = RecordCodec.ReadOfficer(ref from);
            _officers.Add((court, officer.Id), officer);
        }
    }

    private void ReadCase(ref ByteReader from)
    {
        var number = RecordCodec.ReadNumber(ref from);
        var place = _cases.Add(number, from.Bytes());
        var state = from.Bytes();
        _cases.SetState(place, state);
        if (RecordCodec.HasUrges(state))
        {
            _ = _urged.Add(place);
        }

        var last = RecordCodec.ReadLink(ref from);
        _cases.SetCourt(place, CourtIndexOf(from.SharedText()));
        ref var row = ref _cases.ForChange(place);
        row.Last = last;
        row.Handler = from.SharedTextOrNull() is { } handler ? _texts.NumberOf(handler) : -1;
        row.Cause = _texts.NumberOf(from.SharedText());
        row.FiledAt = (long)from.Fixed64();
        row.StatusAt = (long)from.Fixed64();
        row.LatestAt = (long)from.Fixed64();
        row.DueAt = (long)from.Fixed64();
        row.ClaimFen = from.Long();
        row.FundsInFen = from.Long();
        row.FundsOutFen = from.Long();
        row.Irregular = (Irregularities)from.Unsigned();
        row.Status = (CaseStatus)from.Byte();
        row.Way = (CloseWay)from.Byte();
        row.Node = from.Byte();
        row.IsReinstated = from.Byte() != 0;
        row.StoodSince = from.Int();
    }

    private static void WriteFrame(Stream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
    }

    private static ReadOnlySpan<byte> ReadFrame(Stream stream)
    {
        byte[] bytes = [];
        return ReadFrame(stream, ref bytes);
    }

    /// <summary>Reads a frame into a buffer, or into a larger one in its place. Valid until the buffer is used again.</summary>
    private static ReadOnlySpan<byte> ReadFrame(Stream stream, scoped ref byte[] buffer)
    {
        Span<byte> length = stackalloc byte[4];
        stream.ReadExactly(length);
        var count = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (count is < 0 or > 1 << 30)
        {
            throw new InvalidDataException($"A frame of {count} bytes.");
        }

        if (buffer.Length < count)
        {
            buffer = new byte[count];
        }

        stream.ReadExactly(buffer, 0, count);
        return buffer.AsSpan(0, count);
    }

    private sealed class Snapshot(
        ByteWriter meta,
        MemoryStream courts,
        int courtCount,
        Action<Stream> ids,
        CapturedCases cases,
        string[] texts,
        RecordCodec codec) : ISnapshot
    {
        public void WriteTo(Stream stream)
        {
            // Not disposed: that would close the runtime's stream. Flushed at the end instead.
            var buffered = new BufferedStream(stream, FrameBytes);
            WriteFrame(buffered, meta.Written);
            Span<byte> count = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(count, courtCount);
            WriteFrame(buffered, count);
            courts.WriteTo(buffered);
            ids(buffered);
            BinaryPrimitives.WriteInt32LittleEndian(count, cases.Count);
            WriteFrame(buffered, count);
            var frame = new ByteWriter();
            for (var place = 0; place < cases.Count; place++)
            {
                WriteCase(frame, in cases[place]);
                if (frame.Length >= FrameBytes)
                {
                    WriteFrame(buffered, frame.Written);
                    frame.Clear();
                }
            }

            if (frame.Length > 0)
            {
                WriteFrame(buffered, frame.Written);
            }

            WriteFrame(buffered, []);
            buffered.Flush();
        }

        private void WriteCase(ByteWriter to, in CaseRow row)
        {
            RecordCodec.WriteNumber(to, row.Number);
            to.Bytes(cases[row.Text]);
            to.Bytes(cases[row.State]);
            RecordCodec.WriteLink(to, row.Last);
            to.Text(codec.MarkOf(row.Court));
            to.TextOrNull(row.Handler < 0 ? null : texts[row.Handler]);
            to.Text(texts[row.Cause]);
            to.Fixed64((ulong)row.FiledAt);
            to.Fixed64((ulong)row.StatusAt);
            to.Fixed64((ulong)row.LatestAt);
            to.Fixed64((ulong)row.DueAt);
            to.Number(row.ClaimFen);
            to.Number((ulong)row.FundsInFen);
            to.Number((ulong)row.FundsOutFen);
            to.Number((ulong)row.Irregular);
            to.Byte((byte)row.Status);
            to.Byte((byte)row.Way);
            to.Byte(row.Node);
            to.Byte(row.IsReinstated ? (byte)1 : (byte)0);
            to.Number(row.StoodSince);
        }
    }
}
