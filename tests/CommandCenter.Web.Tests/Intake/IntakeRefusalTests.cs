using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CommandCenter.Testing;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>Requests that are refused as a whole: nothing of them is stored, and the answer is a problem with a stable code.</summary>
public sealed class IntakeRefusalTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Filing => EventLine.Of("case.filed", "f-1", 1);

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-ndjson-not")]
    public async Task Another_media_type_is_not_NDJSON(string mediaType)
    {
        await using var product = await ProductUnderTest.StartAsync();

        await RefusedAsync(product.PostAsync(Encoding.UTF8.GetBytes(Filing), mediaType: mediaType), HttpStatusCode.BadRequest, "request.not-ndjson");

        await HoldsNothingAsync(product);
    }

    [Fact]
    public async Task A_request_without_a_media_type_is_not_NDJSON()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filing));

        await RefusedAsync(
            product.Client.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content, Token), HttpStatusCode.BadRequest, "request.not-ndjson");

        await HoldsNothingAsync(product);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task Another_encoding_than_gzip_is_refused(string encoding)
    {
        await using var product = await ProductUnderTest.StartAsync();

        await RefusedAsync(product.PostAsync(Encoding.UTF8.GetBytes(Filing), encoding), HttpStatusCode.BadRequest, "request.encoding-unknown");

        await HoldsNothingAsync(product);
    }

    [Fact]
    public async Task A_gzip_body_that_is_cut_off_anywhere_is_refused_whole()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var packed = Gzip.Pack(Encoding.UTF8.GetBytes(Filing + "\n" + EventLine.Of("case.filed", "f-2", 2) + "\n"));

        for (var length = 0; length < packed.Length; length += length is > 20 and < 200 ? 20 : 1)
        {
            await RefusedAsync(product.PostAsync(packed[..length], "gzip"), HttpStatusCode.BadRequest, "request.bad-gzip");
        }

        await HoldsNothingAsync(product);
        Assert.Equal(2, (await ProductUnderTest.AnswerAsync(product.PostAsync(packed, "gzip"))).Accepted);
    }

    [Fact]
    public async Task A_gzip_body_with_a_flipped_bit_is_refused_whole()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var packed = Gzip.Pack(Encoding.UTF8.GetBytes(Filing + "\n"));
        packed[packed.Length / 2] ^= 1;

        await RefusedAsync(product.PostAsync(packed, "gzip"), HttpStatusCode.BadRequest, "request.bad-gzip");
        packed[packed.Length / 2] ^= 1;
        packed[^6] ^= 1; // In the checksum.
        await RefusedAsync(product.PostAsync(packed, "gzip"), HttpStatusCode.BadRequest, "request.bad-gzip");
        await RefusedAsync(product.PostAsync(Encoding.UTF8.GetBytes(Filing), "gzip"), HttpStatusCode.BadRequest, "request.bad-gzip");

        await HoldsNothingAsync(product);
    }

    [Fact]
    public async Task A_plain_body_beyond_the_limit_is_refused_before_it_is_sent()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var connection = await RawConnection.OpenAsync(product, $"Content-Length: {IntakeEndpoint.RequestBytesMax + 1}");

        await connection.ReadUntilAsync("\"code\":\"request.too-large\"");

        Assert.StartsWith("HTTP/1.1 413 ", connection.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_body_without_a_length_is_refused_when_it_passes_the_limit()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var connection = await RawConnection.OpenAsync(product, "Transfer-Encoding: chunked");
        var chunk = Encoding.UTF8.GetBytes("100000\r\n" + Filing + "\n" + new string(' ', 0x100000 - Encoding.UTF8.GetByteCount(Filing) - 1) + "\r\n");

        for (var sent = 0; sent < 16; sent++)
        {
            await connection.SendAsync(chunk);
        }

        await connection.SendAsync("1\r\n");
        await connection.SendAsync(" ");
        await connection.ReadUntilAsync("\"code\":\"request.too-large\"");

        Assert.StartsWith("HTTP/1.1 413 ", connection.Received, StringComparison.Ordinal);
        await HoldsNothingAsync(product);
    }

    [Fact]
    public async Task Too_many_lines_are_refused_whole()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var body = Filing + "\n" + new string('\n', IntakeEndpoint.LinesMax);

        await RefusedAsync(product.PostAsync(Encoding.UTF8.GetBytes(body)), HttpStatusCode.RequestEntityTooLarge, "request.too-many-lines");

        await HoldsNothingAsync(product);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "request.key-missing")]
    [InlineData("Bearer wrong", HttpStatusCode.Forbidden, "request.key-wrong")]
    [InlineData("Bearer ", HttpStatusCode.Forbidden, "request.key-wrong")]
    [InlineData("Basic {key}", HttpStatusCode.Forbidden, "request.key-wrong")]
    [InlineData("{key}", HttpStatusCode.Forbidden, "request.key-wrong")]
    [InlineData("Bearer {key}0", HttpStatusCode.Forbidden, "request.key-wrong")]
    public async Task Without_the_key_nothing_is_read(string? authorization, HttpStatusCode status, string code)
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var client = new HttpClient { BaseAddress = product.Address };
        using var content = new StringContent(Filing, MediaTypeHeaderValue.Parse("application/x-ndjson"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content };
        if (authorization is not null)
        {
            _ = request.Headers.TryAddWithoutValidation("Authorization", authorization.Replace("{key}", product.Key, StringComparison.Ordinal));
        }

        await RefusedAsync(client.SendAsync(request, Token), status, code);

        await HoldsNothingAsync(product);
    }

    [Fact]
    public async Task A_full_queue_asks_to_come_again_and_the_repeat_counts_once()
    {
        await using var product = await ProductUnderTest.StartAsync(options => (options.PartitionCount, options.QueueLengthMax) = (1, 4));
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = product.Grains.AskAsync(
            0,
            _ =>
            {
                entered.SetResult();
                return release.Wait(s_patience);
            },
            Token);
        await entered.Task.WaitAsync(s_patience, Token);
        var waiting = product.SendAsync([.. Enumerable.Range(1, 4).Select(number => EventLine.Of("case.filed", $"f-{number}", number))]);
        await Eventually.TrueAsync(
            "four events to wait in the queue", s_patience, _ => Task.FromResult(product.Grains.Statuses[0].QueuedCommands == 4), Token);

        using (var response = await product.PostAsync(EventLine.Of("case.filed", "f-5", 5)))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
            await ProblemAsync(response, "request.back-pressure");
        }

        release.Set();
        Assert.True(await busy, "The partition gave up waiting.");
        Assert.Equal(4, (await waiting).Accepted);
        Assert.Equal(1, (await product.SendAsync(EventLine.Of("case.filed", "f-5", 5))).Accepted);
    }

    [Fact]
    public async Task A_server_that_drains_takes_nothing_and_says_when_to_come_again()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await product.Grains.DrainAsync(Token);

        using var response = await product.PostAsync(Filing);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        await ProblemAsync(response, "partition.draining");
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> posting, HttpStatusCode status, string code)
    {
        using var response = await posting;
        Assert.Equal(status, response.StatusCode);
        await ProblemAsync(response, code);
    }

    private static async Task ProblemAsync(HttpResponseMessage response, string code)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        Assert.Equal((code, (int)response.StatusCode), ((string?)problem["code"], (int)problem["status"]!));
    }

    private static async Task HoldsNothingAsync(ProductUnderTest product) =>
        Assert.All(product.Grains.Statuses, status => Assert.Equal(0, status.Position));
}
