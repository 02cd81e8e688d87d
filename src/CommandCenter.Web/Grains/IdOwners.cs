using System.Collections.Concurrent;

namespace CommandCenter.Web.Grains;

/// <summary>Which partition recorded which event id, for all partitions together: an id is unique in its source, not only in its court.</summary>
/// <remarks>
/// Shared by the partitions' threads. An id is claimed before it is decided and released when it is refused, so that two courts cannot
/// both take it. Keeps the latest ids only, in two generations; within one partition <see cref="IdWindow"/> goes further back. Ids are
/// kept as 62 bits of their hash: of ten million ids, one in 4·10^11 new ones would be refused wrongly.
/// </remarks>
internal sealed class IdOwners
{
    private const int StripeCount = 64;
    private const int CapacityMin = 64;

    private readonly int _idsPerGeneration;
    private readonly Stripe[] _stripes;
    private readonly ConcurrentDictionary<int, List<ulong>> _unsettled = [];

    /// <param name="idsPerGeneration">At least this many latest ids are known, at most twice as many.</param>
    public IdOwners(int idsPerGeneration)
    {
        _idsPerGeneration = idsPerGeneration;
        var each = Math.Max(1, idsPerGeneration / StripeCount);
        _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe(each))];
    }

    /// <summary>
    /// How many of its latest ids a partition claims anew at a start: together the partitions claim what is remembered at most. That is twice an
    /// even share of the latest ones, so one of them may have twice the traffic of the others on average and still lose none that counts.
    /// </summary>
    public int ShareOf(int partitionCount) => 2 * _idsPerGeneration / partitionCount;

    /// <summary>Claims an id. <see langword="false"/>: another partition has it.</summary>
    public bool TryClaim(ulong hash, int partition) => StripeOf(hash).TryClaim(hash, partition);

    /// <summary>Reads where <see cref="TryClaim"/> will look; see <see cref="GrainModel.LookAhead"/>.</summary>
    public ulong Touch(ulong hash) => StripeOf(hash).Touch(hash);

    /// <summary>What a partition has claimed and not yet committed. Outlives the partition's model, so that the next one can give back what was lost.</summary>
    public List<ulong> UnsettledOf(int partition) => _unsettled.GetOrAdd(partition, static _ => []);

    /// <summary>Gives back an id whose event was refused, or lost before its commit.</summary>
    public void Release(ulong hash) => StripeOf(hash).Release(hash);

    // The low bits choose the slot in the tables, so the high ones choose the stripe.
    private Stripe StripeOf(ulong hash) => _stripes[hash >> 58];

    private sealed class Stripe(int idsPerGeneration)
    {
        private readonly Lock _gate = new();
        private Generation _current = new(CapacityMin);
        private Generation _previous = new(CapacityMin);

        // Without the lock: whatever is read is thrown away.
        public ulong Touch(ulong hash) => _current.Touch(hash) + _previous.Touch(hash);

        public bool TryClaim(ulong hash, int partition)
        {
            lock (_gate)
            {
                if (_current.TryFind(hash, out var slot))
                {
                    return _current.TryClaim(slot, partition);
                }

                if (_previous.TryFind(hash, out slot))
                {
                    return _previous.TryClaim(slot, partition);
                }

                if (_current.Count == idsPerGeneration)
                {
                    (_previous, _current) = (_current, new Generation(_current.Capacity));
                }

                _current.Add(hash, partition);
                return true;
            }
        }

        public void Release(ulong hash)
        {
            lock (_gate)
            {
                if (_current.TryFind(hash, out var slot))
                {
                    _current.Release(slot);
                }
                else if (_previous.TryFind(hash, out slot))
                {
                    _previous.Release(slot);
                }
            }
        }
    }

    /// <summary>Ids and owners in open addressing, one word each: every event brings an id, and a look at it costs one access to memory.</summary>
    /// <remarks>The owner takes the eight highest bits of the hash, six of which are the same in all of a stripe. An empty slot is 0.</remarks>
    private sealed class Generation(int capacity)
    {
        private const int OwnerShift = 56;
        private const ulong HashMask = (1UL << OwnerShift) - 1;
        private const ulong Nobody = 0xFF;

        private ulong[] _slots = new ulong[capacity];

        public int Count { get; private set; }

        public int Capacity => _slots.Length;

        public ulong Touch(ulong hash)
        {
            var slots = _slots; // Once: another thread may be growing it.
            return slots[(int)hash & (slots.Length - 1)];
        }

        public bool TryFind(ulong hash, out int slot)
        {
            slot = (int)hash & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                if ((_slots[slot] & HashMask) == (hash & HashMask))
                {
                    return true;
                }

                slot = (slot + 1) & (_slots.Length - 1);
            }

            return false;
        }

        public bool TryClaim(int slot, int partition)
        {
            if (_slots[slot] >> OwnerShift == Nobody)
            {
                _slots[slot] = Of(_slots[slot], partition);
            }

            return _slots[slot] == Of(_slots[slot], partition);
        }

        // Kept as nobody's: an emptied slot would hide those that were put behind it.
        public void Release(int slot) => _slots[slot] |= Nobody << OwnerShift;

        public void Add(ulong hash, int partition)
        {
            if (Count >= _slots.Length / 4 * 3)
            {
                Grow();
            }

            Put(Of(hash, partition));
            Count++;
        }

        // Owners count from 1, so that no word in use is 0.
        private static ulong Of(ulong hash, int partition) => (hash & HashMask) | ((ulong)(partition + 1) << OwnerShift);

        private void Put(ulong word)
        {
            var slot = (int)word & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = word;
        }

        private void Grow()
        {
            var words = _slots;
            _slots = new ulong[words.Length * 2];
            foreach (var word in words)
            {
                if (word != 0)
                {
                    Put(word);
                }
            }
        }
    }
}
