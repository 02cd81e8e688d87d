using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CommandCenter.Web.Grains;

/// <summary>The event ids that a partition remembers, each with the position of its record.</summary>
/// <remarks>
/// Ids are remembered by 64-bit hash; the record at the position decides whether it is the same id, so that a collision costs a read
/// and never a wrong answer. Two generations: at least the latest <c>idsPerGeneration</c> ids are known, at most twice as many. A repeat
/// that is older meets the grain's own keys (case number, bank serial, petition, the order of closings) and is refused there, so that no
/// case and no fen counts twice. What has no such key (a node, a handler, a claim, a suspension or a control that has ended) is recorded
/// again; a node with a flag.
/// </remarks>
internal sealed class IdWindow(int idsPerGeneration)
{
    private Generation _current = new();
    private Generation _previous = new();

    public int Count => _current.Count + _previous.Count;

    /// <summary>A hash of source and id that is the same in every process.</summary>
    public static ulong HashOf(string source, string id)
    {
        var hash = StableHash.Add(StableHash.Start, source);
        return StableHash.Finish(StableHash.Add(StableHash.Add(hash, '\n'), id));
    }

    public void Add(ulong hash, long position)
    {
        // Not only equal: a snapshot may come from a time of larger generations.
        if (_current.Count >= idsPerGeneration)
        {
            _previous = _current;
            _current = new Generation();
        }

        _current.Add(hash, position);
    }

    /// <summary>The positions under a hash, newest generation first; nearly always none or one.</summary>
    public IEnumerable<long> Find(ulong hash) => Contains(hash) ? [.. _current.Find(hash), .. _previous.Find(hash)] : [];

    /// <summary>Whether there is anything under a hash.</summary>
    public bool Contains(ulong hash) => _current.Contains(hash) || _previous.Contains(hash);

    /// <summary>All hashes, the older generation first.</summary>
    public IEnumerable<ulong> Hashes => _previous.Hashes.Concat(_current.Hashes);

    /// <summary>A copy of the memory, to be written on another thread.</summary>
    public Action<Stream> Capture()
    {
        var previous = _previous.Capture();
        var current = _current.Capture();
        return stream =>
        {
            previous(stream);
            current(stream);
        };
    }

    public void Restore(Stream stream)
    {
        _previous = Generation.ReadFrom(stream);
        _current = Generation.ReadFrom(stream);
    }

    // Open addressing without removal. A hash of 0 marks a free slot, so 0 is stored as 1: hashes only lead to candidates.
    private sealed class Generation
    {
        private const int CapacityMin = 1024;

        private ulong[] _hashes = new ulong[CapacityMin];
        private long[] _positions = new long[CapacityMin];

        public int Count { get; private set; }

        public IEnumerable<ulong> Hashes => _hashes.Where(hash => hash != 0);

        public void Add(ulong hash, long position)
        {
            if (Count >= _hashes.Length / 4 * 3)
            {
                Grow();
            }

            Put(hash == 0 ? 1 : hash, position);
        }

        public bool Contains(ulong hash)
        {
            hash = hash == 0 ? 1 : hash;
            for (var slot = SlotOf(hash); _hashes[slot] != 0; slot = (slot + 1) & (_hashes.Length - 1))
            {
                if (_hashes[slot] == hash)
                {
                    return true;
                }
            }

            return false;
        }

        public IEnumerable<long> Find(ulong hash)
        {
            hash = hash == 0 ? 1 : hash;
            for (var slot = SlotOf(hash); _hashes[slot] != 0; slot = (slot + 1) & (_hashes.Length - 1))
            {
                if (_hashes[slot] == hash)
                {
                    yield return _positions[slot];
                }
            }
        }

        public Action<Stream> Capture()
        {
            var count = Count;
            var hashes = (ulong[])_hashes.Clone();
            var positions = (long[])_positions.Clone();
            return stream =>
            {
                Span<byte> header = stackalloc byte[8];
                BinaryPrimitives.WriteInt32LittleEndian(header, count);
                BinaryPrimitives.WriteInt32LittleEndian(header[4..], hashes.Length);
                stream.Write(header);
                stream.Write(MemoryMarshal.AsBytes<ulong>(hashes));
                stream.Write(MemoryMarshal.AsBytes<long>(positions));
            };
        }

        public static Generation ReadFrom(Stream stream)
        {
            Span<byte> header = stackalloc byte[8];
            stream.ReadExactly(header);
            var capacity = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
            if (capacity < CapacityMin || !System.Numerics.BitOperations.IsPow2(capacity))
            {
                throw new InvalidDataException($"An id table of {capacity} slots.");
            }

            var generation = new Generation
            {
                Count = BinaryPrimitives.ReadInt32LittleEndian(header),
                _hashes = new ulong[capacity],
                _positions = new long[capacity],
            };
            stream.ReadExactly(MemoryMarshal.AsBytes(generation._hashes.AsSpan()));
            stream.ReadExactly(MemoryMarshal.AsBytes(generation._positions.AsSpan()));
            return generation;
        }

        private int SlotOf(ulong hash) => (int)(hash & (ulong)(_hashes.Length - 1));

        private void Put(ulong hash, long position)
        {
            var slot = SlotOf(hash);
            while (_hashes[slot] != 0)
            {
                slot = (slot + 1) & (_hashes.Length - 1);
            }

            _hashes[slot] = hash;
            _positions[slot] = position;
            Count++;
        }

        private void Grow()
        {
            var (hashes, positions) = (_hashes, _positions);
            _hashes = new ulong[hashes.Length * 2];
            _positions = new long[hashes.Length * 2];
            Count = 0;
            for (var i = 0; i < hashes.Length; i++)
            {
                if (hashes[i] != 0)
                {
                    Put(hashes[i], positions[i]);
                }
            }
        }
    }
}
