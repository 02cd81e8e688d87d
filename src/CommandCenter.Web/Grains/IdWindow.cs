using System.Buffers.Binary;
using System.Numerics;
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
internal sealed class IdWindow
{
    private const int CapacityMin = 1024;

    private readonly int _idsPerGeneration;
    private Generation _current = new(CapacityMin);
    private Generation _previous = new(CapacityMin);

    /// <param name="idsPerGeneration">At least this many latest ids are known; at most 12,582,912.</param>
    public IdWindow(int idsPerGeneration)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(idsPerGeneration, Generation.CountMax);
        _idsPerGeneration = idsPerGeneration;
    }

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
        if (_current.Count >= _idsPerGeneration)
        {
            (_previous, _current) = (_current, new Generation(_current.Capacity));
        }

        _current.Add(hash, position);
    }

    /// <summary>The positions under a hash, newest generation first; nearly always none or one.</summary>
    public IEnumerable<long> Find(ulong hash) => Contains(hash) ? [.. _current.Find(hash), .. _previous.Find(hash)] : [];

    /// <summary>Whether there is anything under a hash.</summary>
    public bool Contains(ulong hash) => _current.Contains(hash) || _previous.Contains(hash);

    /// <summary>Reads where <see cref="Contains"/> will look; see <see cref="GrainModel.LookAhead"/>.</summary>
    public ulong Touch(ulong hash) => (ulong)_current.Touch(hash) + _previous.Touch(hash);

    /// <summary>The position of the latest id; 0 when there is none.</summary>
    public long LastPosition => Math.Max(_previous.LastPosition, _current.LastPosition);

    /// <summary>The hashes of the ids recorded after a position, oldest first.</summary>
    public IEnumerable<ulong> HashesAfter(long position) => _previous.HashesAfter(position).Concat(_current.HashesAfter(position));

    /// <summary>What is remembered now, to be written on another thread. Costs no copy.</summary>
    public Action<Stream> Capture() => _previous.Capture() + _current.Capture();

    public void Restore(Stream stream)
    {
        _previous = Generation.ReadFrom(stream);
        _current = Generation.ReadFrom(stream);
    }

    private readonly record struct Entry(ulong Hash, long Position);

    /// <summary>Ids in order of arrival, and a table that leads to them.</summary>
    /// <remarks>
    /// Entries are never changed, so that a capture needs no copy of them. The table is open addressing without removal, four bytes a
    /// slot: eight bits of the hash, which tell nearly every stranger without a look at the entry, and the entry's number from 1.
    /// </remarks>
    private sealed class Generation
    {
        public const int CountMax = CapacityMax / 4 * 3;

        private const int NumberBits = 24;
        private const int CapacityMax = 1 << NumberBits;
        private const uint NumberMask = CapacityMax - 1;
        private const int PageBits = 13; // Pages of 128 KiB, large enough to be never moved.
        private const int PageSize = 1 << PageBits;

        private readonly List<Entry[]> _pages = [];
        private uint[] _slots;

        public Generation(int capacity) => _slots = new uint[capacity];

        public int Count { get; private set; }

        public int Capacity => _slots.Length;

        public long LastPosition => Count == 0 ? 0 : this[Count - 1].Position;

        private ref readonly Entry this[int number] => ref _pages[number >> PageBits][number & (PageSize - 1)];

        public void Add(ulong hash, long position)
        {
            if (Count >> PageBits == _pages.Count)
            {
                _pages.Add(GC.AllocateUninitializedArray<Entry>(PageSize));
            }

            _pages[Count >> PageBits][Count & (PageSize - 1)] = new Entry(hash, position);
            Count++;
            if (Count > _slots.Length / 4 * 3)
            {
                _slots = new uint[_slots.Length * 2];
                PutAll();
            }
            else
            {
                Put(hash, Count);
            }
        }

        public uint Touch(ulong hash) => _slots[SlotOf(hash)];

        // They lie in the order of their positions.
        public IEnumerable<ulong> HashesAfter(long position)
        {
            var first = Count;
            while (first > 0 && this[first - 1].Position > position)
            {
                first--;
            }

            return Enumerable.Range(first, Count - first).Select(number => this[number].Hash);
        }

        public bool Contains(ulong hash) => NextUnder(hash, SlotOf(hash)) >= 0;

        public IEnumerable<long> Find(ulong hash)
        {
            for (var slot = NextUnder(hash, SlotOf(hash)); slot >= 0; slot = NextUnder(hash, After(slot)))
            {
                yield return this[NumberAt(slot)].Position;
            }
        }

        public Action<Stream> Capture()
        {
            var count = Count;
            Entry[][] pages = [.. _pages];
            return stream =>
            {
                Span<byte> header = stackalloc byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(header, count);
                stream.Write(header);
                for (var from = 0; from < count; from += PageSize)
                {
                    stream.Write(MemoryMarshal.AsBytes(pages[from >> PageBits].AsSpan(0, Math.Min(PageSize, count - from))));
                }
            };
        }

        public static Generation ReadFrom(Stream stream)
        {
            Span<byte> header = stackalloc byte[sizeof(int)];
            stream.ReadExactly(header);
            var count = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (count is < 0 or > CountMax)
            {
                throw new InvalidDataException($"A table of {count} ids.");
            }

            var capacity = Math.Max(CapacityMin, BitOperations.RoundUpToPowerOf2((uint)((count + 2L) / 3 * 4)));
            var generation = new Generation((int)capacity) { Count = count };
            for (var from = 0; from < count; from += PageSize)
            {
                var page = new Entry[PageSize];
                stream.ReadExactly(MemoryMarshal.AsBytes(page.AsSpan(0, Math.Min(PageSize, count - from))));
                generation._pages.Add(page);
            }

            generation.PutAll();
            return generation;
        }

        // The low bits choose the slot, the high ones are the tag.
        private int SlotOf(ulong hash) => (int)hash & (_slots.Length - 1);

        private static uint TagOf(ulong hash) => (uint)(hash >> 32) & ~NumberMask;

        private int After(int slot) => (slot + 1) & (_slots.Length - 1);

        private int NumberAt(int slot) => (int)(_slots[slot] & NumberMask) - 1;

        // The first slot from there on that leads to the hash; -1 when there is none.
        private int NextUnder(ulong hash, int slot)
        {
            for (; _slots[slot] != 0; slot = After(slot))
            {
                if ((_slots[slot] & ~NumberMask) == TagOf(hash) && this[NumberAt(slot)].Hash == hash)
                {
                    return slot;
                }
            }

            return -1;
        }

        private void PutAll()
        {
            for (var number = 0; number < Count; number++)
            {
                Put(this[number].Hash, number + 1);
            }
        }

        private void Put(ulong hash, int number)
        {
            var slot = SlotOf(hash);
            while (_slots[slot] != 0)
            {
                slot = After(slot);
            }

            _slots[slot] = TagOf(hash) | (uint)number;
        }
    }
}
