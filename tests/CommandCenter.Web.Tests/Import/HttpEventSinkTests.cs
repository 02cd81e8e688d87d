using System.IO.Compression;
using System.Net;
using System.Text;
using CommandCenter.Web.Import;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Web.Tests.Import;

public sealed class HttpEventSinkTests
{
    private static readonly byte[] s_lines = Encoding.UTF8.GetBytes("{\"id\":\"甲:1\"}\n{\"id\":\"乙:2\"}\n");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_goes_to_the_intake_compressed_and_with_the_key()
    {
        string? body = null;
        HttpRequest? seen = null;
        await using var server = await Server(async context =>
        {
            seen = context.Request;
            using var reader = new StreamReader(new GZipStream(context.Request.Body, CompressionMode.Decompress));
            body = await reader.ReadToEndAsync(Token);
            Assert.Equal("/api/v1/events", context.Request.Path);
            Assert.Equal("POST", context.Request.Method);
            Assert.Equal("gzip", context.Request.Headers.ContentEncoding);
            Assert.Equal("application/x-ndjson", context.Request.ContentType);
            Assert.Equal("Bearer secret", context.Request.Headers.Authorization);
            await context.Response.WriteAsync(
                """{"accepted":0,"duplicates":1,"rejected":[{"line":2,"code":"case.unknown","field":"case","message":"no"}]}""", Token);
        });
        await using var sink = Sink(server);

        var answer = await sink.SubmitAsync(s_lines, 2, Token);

        Assert.NotNull(seen);
        Assert.Equal(Encoding.UTF8.GetString(s_lines), body);
        Assert.Equal((0, 1), (answer.Accepted, answer.Duplicates));
        Assert.Equal(new SinkReject(2, "case.unknown", "case", "no"), Assert.Single(answer.Rejected));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "0")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "0")]
    [InlineData(HttpStatusCode.InternalServerError, null)]
    [InlineData(HttpStatusCode.BadGateway, null)]
    public async Task A_server_that_cannot_now_is_asked_again_with_the_same_lines(HttpStatusCode status, string? retryAfter)
    {
        var bodies = new List<long>();
        await using var server = await Server(async context =>
        {
            bodies.Add(await LengthOf(context.Request));
            if (bodies.Count == 1)
            {
                context.Response.StatusCode = (int)status;
                context.Response.Headers.RetryAfter = retryAfter;
                return;
            }

            await context.Response.WriteAsync("""{"accepted":2,"duplicates":0,"rejected":[]}""", Token);
        });
        await using var sink = Sink(server);

        var answer = await sink.SubmitAsync(s_lines, 2, Token);

        Assert.Equal(2, answer.Accepted);
        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
    }

    [Theory]
    [InlineData("{\"accepted\":2,\"dup")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Half_an_answer_is_a_lost_answer_and_the_batch_is_sent_again(string firstAnswer)
    {
        var requests = 0;
        await using var server = await Server(context =>
            context.Response.WriteAsync(++requests == 1 ? firstAnswer : """{"accepted":0,"duplicates":2,"rejected":[]}""", Token));
        await using var sink = Sink(server);

        Assert.Equal(2, (await sink.SubmitAsync(s_lines, 2, Token)).Duplicates);
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_lost_answer_and_the_batch_is_sent_again()
    {
        var requests = 0;
        await using var server = await Server(context =>
        {
            if (++requests == 1)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"accepted":2,"duplicates":0,"rejected":[]}""", Token);
        });
        await using var sink = Sink(server);

        Assert.Equal(2, (await sink.SubmitAsync(s_lines, 2, Token)).Accepted);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "API key")]
    [InlineData(HttpStatusCode.Forbidden, "API key")]
    [InlineData(HttpStatusCode.BadRequest, "not ndjson")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "413")]
    public async Task An_answer_that_no_repeat_will_change_ends_the_import_at_once(HttpStatusCode status, string message)
    {
        var requests = 0;
        await using var server = await Server(context =>
        {
            requests++;
            context.Response.StatusCode = (int)status;
            return context.Response.WriteAsync("not ndjson", Token);
        });
        await using var sink = Sink(server);

        var exception = await Assert.ThrowsAsync<ImportEnvironmentException>(() => sink.SubmitAsync(s_lines, 2, Token));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_server_that_never_answers_well_is_given_up_after_a_bounded_number_of_tries()
    {
        var requests = 0;
        await using var server = await Server(context =>
        {
            requests++;
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        await using var sink = Sink(server);

        await Assert.ThrowsAsync<ImportEnvironmentException>(() => sink.SubmitAsync(s_lines, 2, Token));

        Assert.Equal(HttpEventSink.AttemptsMax, requests);
    }

    [Fact]
    public async Task A_wait_ends_when_the_import_is_interrupted()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var server = await Server(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "3600";
            interrupt.CancelAfter(TimeSpan.FromMilliseconds(50));
            return Task.CompletedTask;
        });
        await using var sink = Sink(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.SubmitAsync(s_lines, 2, interrupt.Token));
    }

    private static async Task<long> LengthOf(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, Token);
        return copy.Length;
    }

    private static HttpEventSink Sink(WebApplication server) =>
        new(server.GetTestServer().CreateClient(), new("http://localhost/"), "secret", TimeProvider.System);

    private static async Task<WebApplication> Server(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(Token);
        return app;
    }
}
