using System.Collections.Concurrent;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Intake;

/// <summary><c>POST /api/v1/events</c>: events as NDJSON, each line on its own, answered when they are on disk.</summary>
internal sealed class IntakeEndpoint(
    GrainHost grains, TimeProvider time, IntakeMetrics metrics, IOptions<ServeOptions> options) : IDisposable
{
    /// <summary>Largest request, unpacked.</summary>
    public const int RequestBytesMax = 16 * 1024 * 1024;

    /// <summary>Most lines of a request.</summary>
    public const int LinesMax = 20_000;

    /// <summary>The media type of NDJSON.</summary>
    public const string MediaType = "application/x-ndjson";

    private const int RetryAfterSeconds = 1;
    private static readonly TimeSpan s_placeWait = TimeSpan.FromSeconds(1);

    /// <summary>Most requests that are decided at once. A body that comes slowly holds no place: it takes one when it is whole.</summary>
    public const int RequestsInFlightMax = 64;

    // What a request costs before its first byte: the buffer for its lines and a parser.
    private const int RequestBytesMin = 320 * 1024;

    private readonly SemaphoreSlim _places = new(RequestsInFlightMax);
    private readonly IntakeMemory _memory = new(options.Value.IntakeBytesMax);

    // A parser has buffers of its own and belongs to one request at a time.
    private readonly ConcurrentBag<EventParser> _parsers = [];

    /// <summary>Handles one request of a machine that may send events; its name is the source, in which ids are unique.</summary>
    public async Task<IResult> PostAsync(HttpContext context, Viewer machine)
    {
        var request = context.Request;
        if (request.ContentType?.Split(';')[0].Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "request.not-ndjson", $"The content type must be {MediaType}.");
        }

        if (BodyOf(request) is not { } body)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "request.encoding-unknown", "Only gzip and identity are taken as content encoding.");
        }

        await using (body)
        {
            return await AnswerAsync(context, body, machine.Id);
        }
    }

    public void Dispose() => _places.Dispose();

    private IResult PushBack(HttpContext context)
    {
        metrics.PushedBack();
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problems.Of(
            StatusCodes.Status429TooManyRequests, "request.back-pressure", "The queues are full. Repeat the same request; what counted before counts once.");
    }

    private async Task<IResult> AnswerAsync(HttpContext context, Stream body, string source)
    {
        var parser = _parsers.TryTake(out var idle) ? idle : new EventParser(grains.Courts, grains.Nodes);
        using var share = _memory.Open();
        try
        {
            share.Take(RequestBytesMin);
            var batch = new IntakeBatch(grains, parser, source, time.GetUtcNow());
            await using var counted = new CountedBody(body, share);
            var end = await NdjsonLines.ReadAsync(
                counted, EventParser.LineBytesMax, RequestBytesMax, LinesMax, batch.Add, context.RequestAborted);
            if (end != BodyEnd.Complete)
            {
                return end == BodyEnd.TooLarge
                    ? TooLarge()
                    : Problems.Of(StatusCodes.Status413PayloadTooLarge, "request.too-many-lines", $"A request holds at most {LinesMax} lines.");
            }

            if (!await _places.WaitAsync(s_placeWait, context.RequestAborted))
            {
                return PushBack(context);
            }

            try
            {
                var answer = await batch.SubmitAsync();
                metrics.Answered(answer);
                return Results.Ok(answer);
            }
            finally
            {
                _ = _places.Release();
            }
        }
        catch (BadHttpRequestException exception)
        {
            return BrokenOff(exception);
        }
        catch (InvalidDataException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "request.bad-gzip", "The body is not whole gzip.");
        }
        catch (IntakeFullException)
        {
            return PushBack(context);
        }
        catch (PartitionUnavailableException exception)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, exception.Code, RefusalText.Of(exception.Code));
        }
        finally
        {
            // Slow bodies can need many parsers at once; they need not stay.
            if (_parsers.Count < RequestsInFlightMax)
            {
                _parsers.Add(parser);
            }
        }
    }

    private static IResult TooLarge() => Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "request.too-large", $"A request holds at most {RequestBytesMax} bytes, unpacked.");

    // The server's own limits and a client that breaks off. It may hear the answer or not; nothing of its request counts.
    private static IResult BrokenOff(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge(),
        StatusCodes.Status408RequestTimeout => Problems.Of(exception.StatusCode, "request.too-slow", "The body came too slowly. Repeat the request."),
        _ => Problems.Of(exception.StatusCode, "request.broken-off", "The body ended before its end. Repeat the request."),
    };

    private static Stream? BodyOf(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToUpperInvariant() switch
    {
        "" or "IDENTITY" => request.Body,
        "GZIP" => new GzipBody(request.Body),
        _ => null,
    };
}
