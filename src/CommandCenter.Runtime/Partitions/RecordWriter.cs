using CommandCenter.Runtime.Journal;

namespace CommandCenter.Runtime.Partitions;

/// <summary>Collects what one group appends. All of it goes to disk in one transaction with one flush, or none of it.</summary>
/// <remarks>Belongs to the partition's thread and to the running group; a model must not keep it.</remarks>
public sealed class RecordWriter
{
    /// <summary>Largest sum of records in one group, 256 MiB; well below the largest row of the journal.</summary>
    internal const int BodyBytesMax = 256 * 1024 * 1024;

    // A buffer grown by one giant group is not kept: it would stay resident for the life of the process.
    private const int BufferBytesKept = 8 * 1024 * 1024;

    private readonly Dictionary<string, byte[]> _passive = new(StringComparer.Ordinal);
    private readonly List<int> _offsets = [];
    private byte[] _body = new byte[64 * 1024];
    private int _length;

    internal RecordWriter()
    {
    }

    /// <summary>Position that the next appended record gets: the running number of a record in its partition, from 1.</summary>
    public long NextPosition => First + _offsets.Count;

    internal long First { get; private set; } = 1;

    internal int Count => _offsets.Count;

    internal ReadOnlySpan<byte> Body => _body.AsSpan(0, _length);

    internal IReadOnlyDictionary<string, byte[]> Passive => _passive;

    internal bool IsEmpty => _offsets.Count == 0 && _passive.Count == 0;

    /// <summary>Appends a copy of one record and returns its position.</summary>
    /// <exception cref="InvalidOperationException">The group would exceed 256 MiB.</exception>
    public long Append(ReadOnlySpan<byte> record)
    {
        var needed = (long)_length + RowBody.PrefixBytesMax + record.Length;
        if (needed > BodyBytesMax)
        {
            throw new InvalidOperationException($"A group of {needed} bytes is larger than {BodyBytesMax} bytes.");
        }

        if (needed > _body.Length)
        {
            Array.Resize(ref _body, (int)Math.Min(BodyBytesMax, Math.Max(needed, _body.Length * 2L)));
        }

        var position = NextPosition;
        _offsets.Add(_length);
        _length += RowBody.Write(_body.AsSpan(_length), record);
        return position;
    }

    /// <summary>
    /// Keeps a state outside memory under a key, replacing an earlier one, in the same transaction as the records of the group.
    /// The state must tell up to which position it counts; see <see cref="IPartitionModel{TCommand,TReply}.Replay"/>.
    /// </summary>
    public void Passivate(string key, ReadOnlySpan<byte> state)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _passive[key] = state.ToArray();
    }

    internal bool TryRead(long position, out ReadOnlySpan<byte> record)
    {
        var index = position - First;
        if (index < 0 || index >= _offsets.Count)
        {
            record = default;
            return false;
        }

        record = RowBody.ReadAt(Body, _offsets[(int)index], out _);
        return true;
    }

    internal void Begin(long first)
    {
        First = first;
        _length = 0;
        _offsets.Clear();
        _passive.Clear();
        if (_body.Length > BufferBytesKept)
        {
            _body = new byte[BufferBytesKept];
        }
    }
}
