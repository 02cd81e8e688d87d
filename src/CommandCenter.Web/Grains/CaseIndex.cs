using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Grains;

/// <summary>Leads from the number of a case to its place in <see cref="CaseTable"/>.</summary>
/// <remarks>
/// Open addressing without removal, eight bytes a slot: the hash, which tells nearly every stranger without a look at its row, and the
/// place from 1. The number itself lies in the row, where whoever looks it up goes next. A dictionary would keep a second copy of it
/// in an entry of 48 bytes, one more access to memory for every event.
/// </remarks>
internal sealed class CaseIndex
{
    private const int CapacityMin = 1024;

    private ulong[] _slots = new ulong[CapacityMin];
    private int _count;

    /// <summary>Makes room for so many cases.</summary>
    public void Reserve(int count)
    {
        var capacity = _slots.Length;
        while (count > RoomOf(capacity))
        {
            capacity = checked(capacity * 2);
        }

        if (capacity != _slots.Length)
        {
            Resize(capacity);
        }
    }

    public static uint HashOf(CaseNumber number) => (uint)StableHash.Finish((uint)number.GetHashCode());

    /// <summary>The first slot under a hash, or −1.</summary>
    public int First(uint hash) => From(hash, SlotOf(hash));

    /// <summary>The next slot under a hash, or −1.</summary>
    public int Next(uint hash, int slot) => From(hash, After(slot));

    /// <summary>Where the slot leads to.</summary>
    public int PlaceAt(int slot) => (int)(uint)_slots[slot] - 1;

    /// <summary>Reads where <see cref="First"/> will look; see <see cref="GrainModel.LookAhead"/>.</summary>
    public ulong Touch(uint hash) => _slots[SlotOf(hash)];

    public void Add(uint hash, int place)
    {
        Reserve(_count + 1);
        Put(hash, ((ulong)hash << 32) | (uint)(place + 1));
        _count++;
    }

    private static int RoomOf(int capacity) => capacity / 4 * 3;

    private int SlotOf(uint hash) => (int)(hash & (uint)(_slots.Length - 1));

    private int After(int slot) => (slot + 1) & (_slots.Length - 1);

    private int From(uint hash, int slot)
    {
        for (; _slots[slot] != 0; slot = After(slot))
        {
            if (_slots[slot] >> 32 == hash)
            {
                return slot;
            }
        }

        return -1;
    }

    private void Put(uint hash, ulong word)
    {
        var slot = SlotOf(hash);
        while (_slots[slot] != 0)
        {
            slot = After(slot);
        }

        _slots[slot] = word;
    }

    private void Resize(int capacity)
    {
        var words = _slots;
        _slots = new ulong[capacity];
        foreach (var word in words)
        {
            if (word != 0)
            {
                Put((uint)(word >> 32), word);
            }
        }
    }
}
