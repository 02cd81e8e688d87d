using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

public sealed class ByteSlotsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(128 * 1024)]
    [InlineData(300_000)]
    public void What_was_kept_is_read_back(int length)
    {
        var slots = new ByteSlots();
        var bytes = Filled(length, 7);

        var slot = slots.Replace(default, bytes);

        Assert.Equal(bytes, slots[slot]);
        Assert.Equal(length, slot.Length);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData((1 << 26) - 1, 32 * 1024 - 16, 1)]
    [InlineData(3, 0, (1 << 27) - 1)]
    public void A_slot_says_where_it_lies(int page, int offset, int length)
    {
        var slot = new ByteSlot(page, offset, length);

        Assert.Equal((page, offset, length, false), (slot.Page, slot.Offset, slot.Length, slot.IsEmpty));
    }

    [Theory]
    [InlineData(1 << 26, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(0, 32 * 1024, 1)]
    [InlineData(0, 0, 1 << 27)]
    public void A_slot_that_cannot_be_written_down_is_refused(int page, int offset, int length) =>
        Assert.Throws<OverflowException>(() => new ByteSlot(page, offset, length));

    [Fact]
    public void Any_order_of_changes_reads_back_what_was_kept_last()
    {
        var random = new Random(42);
        var slots = new ByteSlots();
        var kept = new (ByteSlot Slot, byte[] Bytes)[200];
        Array.Fill(kept, (default, []));
        for (var step = 0; step < 20_000; step++)
        {
            var i = random.Next(kept.Length);
            var bytes = Filled(random.Next(6) == 0 ? 0 : random.Next(1, 3_000), (byte)step);
            kept[i] = (slots.Replace(kept[i].Slot, bytes), bytes);
        }

        Assert.All(kept, one => Assert.Equal(one.Bytes, slots[one.Slot]));
    }

    [Fact]
    public void Nothing_kept_takes_no_place()
    {
        var slots = new ByteSlots();
        var slot = slots.Replace(default, Filled(100, 1));

        Assert.Equal(default, slots.Replace(slot, []));
        Assert.True(slots[default].IsEmpty);
    }

    [Fact]
    public void A_slot_given_back_is_used_again()
    {
        var slots = new ByteSlots();
        var first = slots.Replace(default, Filled(100, 1));
        _ = slots.Replace(first, []);

        var second = slots.Replace(default, Filled(97, 2));

        Assert.Equal((first.Page, first.Offset), (second.Page, second.Offset));
    }

    [Fact]
    public void What_was_captured_stays_as_it_was()
    {
        var slots = new ByteSlots();
        var changed = slots.Replace(default, Filled(100, 1));
        var grown = slots.Replace(default, Filled(100, 2));
        var gone = slots.Replace(default, Filled(100, 3));
        var captured = slots.Capture();

        _ = slots.Replace(changed, Filled(100, 9));
        _ = slots.Replace(grown, Filled(500, 9));
        _ = slots.Replace(slots.Replace(gone, []), Filled(100, 9));

        Assert.Equal(Filled(100, 1), captured[changed]);
        Assert.Equal(Filled(100, 2), captured[grown]);
        Assert.Equal(Filled(100, 3), captured[gone]);
    }

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }
}
