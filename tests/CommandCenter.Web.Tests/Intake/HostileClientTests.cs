using System.Net;
using System.Text;
using CommandCenter.Testing;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>Clients that break off, dawdle or blow up. Alone, because one of them measures the memory of the process.</summary>
[Collection(Alone.Name)]
public sealed class HostileClientTests
{
    private const int BombPiece = 256 * 1024;

    private static string Filing => EventLine.Of("case.filed", "f-1", 1);

    [Fact]
    public async Task A_gzip_bomb_is_refused_long_before_it_is_unpacked()
    {
        var bomb = Gzip.Bomb(1L << 30);
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(Filing);
        using var connection = await RawConnection.OpenAsync(product, $"Content-Encoding: gzip\r\nContent-Length: {bomb.Length}");
        var before = GC.GetTotalAllocatedBytes(precise: true);

        // The rest is never sent: the answer must not wait for it.
        Assert.True(bomb.Length > 2 * BombPiece);
        await connection.SendAsync(bomb.AsMemory(0, BombPiece));
        await connection.ReadUntilAsync("\"code\":\"request.too-large\"");

        Assert.StartsWith("HTTP/1.1 413 ", connection.Received, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, IntakeEndpoint.RequestBytesMax + (8 << 20));
        Assert.Equal(1, product.Grains.Statuses.Sum(status => status.Position));
        Assert.Equal(1, (await product.SendAsync(Filing)).Duplicates);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_a_request_leaves_nothing_behind(bool isChunked)
    {
        await using var product = await ProductUnderTest.StartAsync();
        var half = Encoding.UTF8.GetBytes(Filing + "\n" + EventLine.Of("case.filed", "f-2", 2) + "\n{\"id\":");
        using var connection = await RawConnection.OpenAsync(product, isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {2 * half.Length}");

        await connection.SendAsync(isChunked ? [.. Encoding.ASCII.GetBytes($"{half.Length:x}\r\n"), .. half, .. "\r\n"u8] : half);
        connection.EndSending();
        await connection.ReadToEndAsync();

        Assert.DoesNotContain(" 200 ", connection.Received, StringComparison.Ordinal);
        Assert.DoesNotContain(" 500 ", connection.Received, StringComparison.Ordinal);
        Assert.All(product.Grains.Statuses, status => Assert.Equal(0, status.Position));
        Assert.Equal(1, (await product.SendAsync(Filing)).Accepted);
    }

    [Fact]
    public async Task Connections_that_are_cut_in_the_middle_leave_nothing_behind()
    {
        await using var product = await ProductUnderTest.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var connection = await RawConnection.OpenAsync(product, "Content-Length: 100000");
            await connection.SendAsync(Filing + "\n");
            connection.Cut();
        }

        Assert.Equal(1, (await product.SendAsync(EventLine.Of("case.filed", "f-2", 2))).Accepted);
        var report = await product.StopAndVerifyAsync(); // Ends only when the requests have ended.
        Assert.Equal((1, 0), (report.RecordCount, report.Findings.Count));
    }

    [Fact]
    public async Task Clients_that_never_finish_their_head_are_shown_out_and_hold_nobody_up()
    {
        await using var product = await ProductUnderTest.StartAsync(options => options.RequestHeadTimeout = TimeSpan.FromSeconds(1));
        var dawdlers = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                var dawdler = await RawConnection.OpenAsync(product.Address);
                dawdlers.Add(dawdler);
                await dawdler.SendAsync("POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            }

            Assert.Equal(1, (await product.SendAsync(Filing)).Accepted);
            foreach (var dawdler in dawdlers)
            {
                await dawdler.ReadToEndAsync();
                Assert.StartsWith("HTTP/1.1 408 ", dawdler.Received, StringComparison.Ordinal);
            }
        }
        finally
        {
            dawdlers.ForEach(dawdler => dawdler.Dispose());
        }
    }

    [Fact]
    public async Task Clients_that_dawdle_with_their_body_hold_nobody_up()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var dawdlers = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 64; i++)
            {
                dawdlers.Add(await DawdleAsync(product));
            }

            Assert.Equal(1, (await product.SendAsync(Filing)).Accepted);
        }
        finally
        {
            dawdlers.ForEach(dawdler => dawdler.Dispose());
        }
    }

    [Fact]
    public async Task A_request_that_finds_no_room_in_memory_is_pushed_back_until_there_is_some()
    {
        await using var product = await ProductUnderTest.StartAsync(options => options.IntakeBytesMax = 100 * 1024);
        using (await DawdleAsync(product))
        {
            using var refused = await product.PostAsync(Filing);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await Eventually.TrueAsync(
            "a request to be taken after the one that filled the memory has gone",
            TimeSpan.FromSeconds(30),
            async _ =>
            {
                using var response = await product.PostAsync(Filing);
                return response.StatusCode == HttpStatusCode.OK;
            },
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_request_that_outgrows_the_memory_is_pushed_back_and_gives_back_what_it_took()
    {
        await using var product = await ProductUnderTest.StartAsync(options => options.IntakeBytesMax = 512 * 1024);
        var large = Enumerable.Range(0, 16).Select(_ => new string(' ', 60_000)).ToArray();
        for (var i = 0; i < 3; i++)
        {
            using var refused = await product.PostAsync([Filing, .. large]);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        }

        Assert.All(product.Grains.Statuses, status => Assert.Equal(0, status.Position));
        Assert.Equal(1, (await product.SendAsync(Filing)).Accepted);
    }

    // The server asks for the body when it begins to read it.
    private static async Task<RawConnection> DawdleAsync(ProductUnderTest product)
    {
        var dawdler = await RawConnection.OpenAsync(product, "Content-Length: 100000\r\nExpect: 100-continue");
        await dawdler.ReadUntilAsync("100 Continue");
        return dawdler;
    }

    [Fact]
    public async Task A_client_that_never_finishes_its_body_is_shown_out_and_leaves_nothing_behind()
    {
        await using var product = await ProductUnderTest.StartAsync(options => options.RequestBodyGrace = TimeSpan.FromSeconds(1.5));
        using var connection = await RawConnection.OpenAsync(product, "Content-Length: 100000\r\nConnection: close");

        await connection.SendAsync(Filing + "\n");
        await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408 ", connection.Received, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request.too-slow\"", connection.Received, StringComparison.Ordinal);
        Assert.All(product.Grains.Statuses, status => Assert.Equal(0, status.Position));
    }
}

/// <summary>Tests that must have the process to themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = nameof(Alone);
}
