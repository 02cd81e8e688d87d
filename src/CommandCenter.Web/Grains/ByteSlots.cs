using System.Numerics;
using System.Runtime.InteropServices;

namespace CommandCenter.Web.Grains;

/// <summary>Where some bytes lie in <see cref="ByteSlots"/>, in eight bytes: each case has two. The default lies nowhere and is empty.</summary>
internal readonly struct ByteSlot
{
    /// <summary>Slots begin at multiples of this.</summary>
    public const int StepBytes = 16;

    private const int LengthBits = 27; // 128 MiB, and as many pages of 32 KiB as make 2 TiB.
    private const int StepBits = 11;
    private const ulong LengthMask = (1UL << LengthBits) - 1;
    private const ulong StepMask = (1UL << StepBits) - 1;

    private readonly ulong _bits;

    /// <exception cref="OverflowException">Something of it is too large.</exception>
    public ByteSlot(int page, int offset, int length)
    {
        var step = (uint)offset / StepBytes;
        if (page < 0 || page >= 1 << (64 - LengthBits - StepBits) || step > StepMask || (ulong)length > LengthMask)
        {
            throw new OverflowException($"No slot has {length} bytes at {offset} of page {page}.");
        }

        _bits = ((((ulong)page << StepBits) | step) << LengthBits) | (uint)length;
    }

    public int Page => (int)(_bits >> (LengthBits + StepBits));

    public int Offset => (int)((_bits >> LengthBits) & StepMask) * StepBytes;

    public int Length => (int)(_bits & LengthMask);

    public bool IsEmpty => Length == 0;
}

/// <summary>Keeps very many short runs of bytes in few large pages. Belongs to one thread, all but what was captured.</summary>
/// <remarks>
/// As objects of their own the states of a million cases are traced by every collection of the oldest generation, and each event
/// leaves one more to collect. Pages hold no reference, so the collector never looks into them, and a changed state takes the slot
/// of an earlier one. A slot has room in steps: every 16 bytes up to 1 KiB, then powers of two.
/// </remarks>
internal sealed class ByteSlots
{
    // Small, because each of the first changes after a capture copies one; pinned, because nothing of that size is worth moving.
    private const int PageBytes = 32 * 1024;
    private const int SteppedMax = 1024;
    private const int CacheLineBytes = 64;

    private readonly List<byte[]> _pages = [];
    private readonly List<bool> _isCaptured = [];
    private readonly Dictionary<int, Stack<ByteSlot>> _freeByRoom = [];
    private int _openPage = -1;
    private int _openUsed;

    /// <summary>The bytes of a slot; valid until the next change.</summary>
    public ReadOnlySpan<byte> this[ByteSlot slot] => slot.IsEmpty ? [] : _pages[slot.Page].AsSpan(slot.Offset, slot.Length);

    /// <summary>Reads a byte of every cache line of a slot; see <see cref="GrainModel.LookAhead"/>.</summary>
    public ulong Touch(ByteSlot slot)
    {
        var sum = 0UL;
        var bytes = this[slot];
        for (var i = 0; i < bytes.Length; i += CacheLineBytes)
        {
            sum += bytes[i];
        }

        return sum;
    }

    /// <summary>Keeps bytes in place of what the slot holds.</summary>
    /// <param name="slot">What is no longer needed; may be empty.</param>
    /// <param name="bytes">What to keep; may be empty, and then the slot is given back.</param>
    /// <returns>Where they are now.</returns>
    public ByteSlot Replace(ByteSlot slot, ReadOnlySpan<byte> bytes)
    {
        var room = RoomFor(bytes.Length);
        if (room != RoomFor(slot.Length))
        {
            Free(slot);
            slot = bytes.IsEmpty ? default : Take(room);
        }

        if (bytes.IsEmpty)
        {
            return default;
        }

        if (_isCaptured[slot.Page])
        {
            // Somebody reads the page as it was; the change goes to a copy.
            var copy = NewPage(_pages[slot.Page].Length);
            _pages[slot.Page].CopyTo(copy, 0);
            _pages[slot.Page] = copy;
            _isCaptured[slot.Page] = false;
        }

        bytes.CopyTo(_pages[slot.Page].AsSpan(slot.Offset));
        return new ByteSlot(slot.Page, slot.Offset, bytes.Length);
    }

    /// <summary>All bytes as they are now, for another thread. Costs no copy; a page is copied when it changes afterwards.</summary>
    public CapturedBytes Capture()
    {
        CollectionsMarshal.AsSpan(_isCaptured).Fill(true);
        return new CapturedBytes([.. _pages]);
    }

    private static int RoomFor(int length) => length <= SteppedMax
        ? (length + ByteSlot.StepBytes - 1) / ByteSlot.StepBytes * ByteSlot.StepBytes
        : (int)BitOperations.RoundUpToPowerOf2((uint)length);

    private void Free(ByteSlot slot)
    {
        if (slot.IsEmpty)
        {
            return;
        }

        var room = RoomFor(slot.Length);
        if (!_freeByRoom.TryGetValue(room, out var free))
        {
            _freeByRoom.Add(room, free = new Stack<ByteSlot>());
        }

        free.Push(slot);
    }

    private ByteSlot Take(int room)
    {
        if (_freeByRoom.TryGetValue(room, out var free) && free.TryPop(out var slot))
        {
            return slot;
        }

        if (room > PageBytes)
        {
            return new ByteSlot(AddPage(room), 0, 0);
        }

        if (_openPage < 0 || PageBytes - _openUsed < room)
        {
            _openPage = AddPage(PageBytes);
            _openUsed = 0;
        }

        _openUsed += room;
        return new ByteSlot(_openPage, _openUsed - room, 0);
    }

    private static byte[] NewPage(int bytes) => GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

    private int AddPage(int bytes)
    {
        _pages.Add(NewPage(bytes));
        _isCaptured.Add(false);
        return _pages.Count - 1;
    }
}

/// <summary>The bytes of all slots at one moment.</summary>
internal sealed class CapturedBytes(byte[][] pages)
{
    public ReadOnlySpan<byte> this[ByteSlot slot] => slot.IsEmpty ? [] : pages[slot.Page].AsSpan(slot.Offset, slot.Length);
}
