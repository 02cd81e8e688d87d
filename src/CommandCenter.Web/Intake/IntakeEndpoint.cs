using System.Collections.Concurrent;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Intake;

/// <summary><c>POST /api/v1/events</c>: events as NDJSON, each line on its own, answered when they are on disk.</summary>
internal sealed class IntakeEndpoint(
    GrainHost grains, TimeProvider time, IntakeMetrics metrics, IOptions<ServeOptions> options)
{
    /// <summary>Largest request, unpacked.</summary>
    public const int RequestBytesMax = 16 * 1024 * 1024;

    /// <summary>Most lines of a request.</summary>
    public const int LinesMax = 20_000;

    /// <summary>The media type of NDJSON.</summary>
    public const string MediaType = "application/x-ndjson";

    private const int RetryAfterSeconds = 1;
    private static readonly TimeSpan s_turnWait = TimeSpan.FromSeconds(1);

    // Some two thousand events: enough for groups that fill the disk's time, few enough for the collector.
    private const int BytesAtOnce = 500_000;

    // A body that comes slowly keeps nobody waiting: its turn comes when it is whole.
    private readonly IntakeTurns _turns = new(BytesAtOnce);
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

    private IResult PushBack(HttpContext context)
    {
        metrics.PushedBack();
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problems.Of(
            StatusCodes.Status429TooManyRequests, "request.back-pressure", "The queues are full. Repeat the same request; what counted before counts once.");
    }

    private async Task<IResult> AnswerAsync(HttpContext context, Stream body, string source)
    {
        using var share = _memory.Open();
        try
        {
            share.Take(WholeBody.BlockBytes);
            await using var counted = new CountedBody(body, share);
            using var whole = await WholeBody.ReadAsync(counted, RequestBytesMax, context.RequestAborted);
            if (whole is null)
            {
                return TooLarge();
            }

            if (!await _turns.TryEnterAsync(whole.Length, s_turnWait, context.RequestAborted))
            {
                return PushBack(context);
            }

            try
            {
                return await DecideAsync(whole, source, context.RequestAborted);
            }
            finally
            {
                _turns.Leave(whole.Length);
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
    }

    private async Task<IResult> DecideAsync(WholeBody body, string source, CancellationToken cancellationToken)
    {
        if (await ParseAsync(body, source, cancellationToken) is not { } batch)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "request.too-many-lines", $"A request holds at most {LinesMax} lines.");
        }

        var answer = await batch.SubmitAsync();
        metrics.Answered(answer);
        return Results.Ok(answer);
    }

    private async Task<IntakeBatch?> ParseAsync(WholeBody body, string source, CancellationToken cancellationToken)
    {
        var parser = _parsers.TryTake(out var idle) ? idle : new EventParser(grains.Courts, grains.Nodes);
        try
        {
            var batch = new IntakeBatch(grains, parser, source, time.GetUtcNow());
            await using var lines = body.Open();
            return await NdjsonLines.ReadAsync(lines, EventParser.LineBytesMax, RequestBytesMax, LinesMax, batch.Add, cancellationToken) == BodyEnd.Complete ? batch : null;
        }
        finally
        {
            _parsers.Add(parser); // No more than were parsing at once: what has been parsed needs its parser no longer.
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
