using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

public sealed class WholeBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int, int> Lengths
    {
        get
        {
            var data = new TheoryData<int, int>();
            int[] lengths = [0, 1, WholeBody.BlockBytes - 1, WholeBody.BlockBytes, WholeBody.BlockBytes + 1, (3 * WholeBody.BlockBytes) + 17];
            foreach (var length in lengths)
            {
                data.Add(length, int.MaxValue);
                data.Add(length, 4_096);
                data.Add(length, 1_021);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task What_was_read_is_what_came_in_whatever_pieces_it_came_and_is_asked_for(int length, int piece)
    {
        var bytes = new byte[length];
        new Random(length + piece).NextBytes(bytes);
        await using var body = new PiecesStream(bytes, [piece]);

        using var whole = await WholeBody.ReadAsync(body, length, Token);

        Assert.NotNull(whole);
        Assert.Equal(length, whole.Length);
        foreach (var asked in new[] { 1_000, 65_536, 100_000 })
        {
            Assert.Equal(bytes, await ReadAsync(whole, asked));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(WholeBody.BlockBytes)]
    public async Task One_byte_more_than_allowed_is_too_long(int bytesMax)
    {
        await using var body = new PiecesStream(new byte[bytesMax + 1], [33]);

        Assert.Null(await WholeBody.ReadAsync(body, bytesMax, Token));
    }

    [Fact]
    public async Task An_endless_body_is_read_no_further_than_allowed()
    {
        await using var body = new PiecesStream(new byte[1_000], [1_000]) { Repeats = long.MaxValue };

        Assert.Null(await WholeBody.ReadAsync(body, 1_000_000, Token));
        Assert.InRange(long.MaxValue - body.Repeats, 999, 1_001);
    }

    [Fact]
    public async Task Read_again_and_again_it_rents_the_same_blocks()
    {
        var bytes = new byte[500_000];
        using (var first = await WholeBody.ReadAsync(new PiecesStream(bytes, [int.MaxValue]), bytes.Length, Token))
        {
            Assert.NotNull(first);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            var read = WholeBody.ReadAsync(new PiecesStream(bytes, [int.MaxValue]), bytes.Length, Token);
            Assert.True(read.IsCompletedSuccessfully, "The stream answers at once, so all happened on this thread.");
            (await read)!.Dispose();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000); // A tenth of the bodies.
    }

    private static async Task<byte[]> ReadAsync(WholeBody whole, int asked)
    {
        await using var reader = whole.Open();
        using var copy = new MemoryStream();
        var buffer = new byte[asked];
        while (await reader.ReadAsync(buffer, Token) is var count and > 0)
        {
            copy.Write(buffer, 0, count);
        }

        return copy.ToArray();
    }
}
