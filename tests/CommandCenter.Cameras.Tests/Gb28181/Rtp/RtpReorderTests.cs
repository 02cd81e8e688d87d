using System.Globalization;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Gb28181.Rtp;

namespace CommandCenter.Cameras.Tests.Gb28181.Rtp;

public sealed class RtpReorderTests : IRtpReceiver
{
    private readonly Tally _tally = new();
    private readonly List<string> _got = [];
    private readonly TurnedTime _time = new(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
    private readonly RtpReorder _reorder;

    public RtpReorderTests() => _reorder = new RtpReorder(4, _time, _tally, this);

    [Theory]
    [InlineData("1 2 3 4", "1 2 3 4", 0, 0)]
    [InlineData("1 3 2 4", "1 2 3 4", 0, 1)]
    [InlineData("1 4 3 2 5", "1 2 3 4 5", 0, 2)]
    [InlineData("1 1 2 2 4 4 3 3", "1 2 3 4", 0, 1)]
    [InlineData("1 3 4 5 6 7", "1 loss 3 4 5 6 7", 1, 0)]
    [InlineData("1 3 4 5 6 7 2", "1 loss 3 4 5 6 7", 1, 0)]
    [InlineData("1 20 21", "1 loss loss 20 21", 18, 0)]
    [InlineData("65534 0 65535 1", "65534 65535 0 1", 0, 1)]
    [InlineData("1 2 20000 20001", "1 2 loss 20000 20001", 1, 0)]
    public void Packets_are_put_in_order_and_those_that_never_come_are_lost(string sent, string expected, long lost, long reordered)
    {
        foreach (var sequence in sent.Split(' '))
        {
            Send(ushort.Parse(sequence, CultureInfo.InvariantCulture));
        }

        Assert.Equal(expected, string.Join(' ', _got));
        Assert.Equal(lost, _tally.Read().Lost);
        Assert.Equal(reordered, _tally.Read().Reordered);
    }

    [Fact]
    public void A_gap_is_waited_for_no_longer_than_a_fifth_of_a_second()
    {
        Send(1);
        Send(3);
        _time.Add(TimeSpan.FromMilliseconds(201));
        Send(4);

        Assert.Equal(["1", "loss", "3", "4"], _got);
    }

    [Fact]
    public void A_sender_that_begins_anew_with_lower_numbers_is_followed()
    {
        Send(1_000);
        for (ushort sequence = 1; sequence <= 20; sequence++)
        {
            Send(sequence);
        }

        Assert.Equal(["1000", "loss", "16", "17", "18", "19", "20"], _got);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_the_network_does_what_comes_out_is_in_order(int seed)
    {
        var random = new Random(seed);
        var sequence = random.Next(65_536);
        for (var round = 0; round < 20_000; round++)
        {
            sequence += random.Next(20) switch { 0 => 2, 1 => 0, 2 => -1, 3 => 3, _ => 1 };
            Send((ushort)sequence);
        }

        var numbers = _got.Where(got => got != "loss").Select(got => int.Parse(got, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(numbers.Zip(numbers.Skip(1)), pair => Assert.True((short)(pair.Second - pair.First) > 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80E0")]
    [InlineData("40E000010000000100000001AA")] // Version 1.
    [InlineData("8FE000010000000100000001AA")] // Fifteen sources that are not there.
    [InlineData("90E000010000000100000001BEDEFFFF")] // An extension that is longer than the packet.
    [InlineData("A0E00001000000010000000109")] // Nine bytes of padding in one.
    public void What_is_no_packet_is_not_read(string hex) => Assert.False(RtpPacket.TryRead(Convert.FromHexString(hex), out _));

    void IRtpReceiver.Receive(uint timestamp, bool isMarked, ReadOnlySpan<byte> payload) => _got.Add(timestamp.ToString(CultureInfo.InvariantCulture));

    void IRtpReceiver.Lose() => _got.Add("loss");

    private void Send(ushort sequence)
    {
        byte[] packet = [0x80, 96, (byte)(sequence >> 8), (byte)sequence, 0, 0, (byte)(sequence >> 8), (byte)sequence, 0, 0, 0, 1, 7];
        Assert.True(RtpPacket.TryRead(packet, out var read));
        _reorder.Receive(read);
    }
}
