using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Web.Import;

/// <summary>Submits batches to a running server, <c>POST /api/v1/events</c>, and repeats a batch until it is answered.</summary>
/// <remarks>
/// A repeat is harmless, because ids are the same: what had arrived is answered as duplicates. So a lost answer, a server
/// that restarts and a full queue (429, 503) are all met the same way: wait, then send again.
/// </remarks>
internal sealed class HttpEventSink : IEventSink
{
    /// <summary>Tries of one batch. With the back-off below they last about two minutes, longer than a restart.</summary>
    public const int AttemptsMax = 16;

    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);

    /// <summary>A server may ask for more patience than our own back-off has, within reason.</summary>
    private static readonly TimeSpan s_longestWaitAsked = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly TimeProvider _time;
    private readonly MemoryStream _compressed = new();

    /// <param name="http">Owned by the sink from now on.</param>
    /// <param name="server">The server's base address.</param>
    /// <param name="key">The API key.</param>
    /// <param name="time">For the waits between tries.</param>
    public HttpEventSink(HttpClient http, Uri server, string key, TimeProvider time)
    {
        _http = http;
        _time = time;
        _endpoint = new(server.AbsoluteUri.TrimEnd('/') + "/api/v1/events");
        _http.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public async Task<SinkAnswer> SubmitAsync(ReadOnlyMemory<byte> ndjson, int lines, CancellationToken cancellationToken)
    {
        var body = Compress(ndjson);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            string trouble;
            Exception? cause = null;
            try
            {
                using var content = Content(body);
                using var response = await _http.PostAsync(_endpoint, content, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    var answer = await ReadAnswerAsync(response, cancellationToken);
                    if (answer.Unavailable is not { } unavailable)
                    {
                        return answer;
                    }

                    trouble = $"it answers {unavailable}";
                }
                else
                {
                    trouble = $"it answers {(int)response.StatusCode}";
                    await ThrowIfFinalAsync(response, cancellationToken);
                    asked = AskedWait(response);
                }
            }
            catch (Exception exception) when (IsLostAnswer(exception, cancellationToken))
            {
                trouble = exception.Message;
                cause = exception;
            }

            if (attempt == AttemptsMax)
            {
                throw new ImportEnvironmentException(
                    $"{_endpoint} did not take a batch in {AttemptsMax} tries: {trouble} "
                    + "The same command goes on from here.", cause ?? new HttpRequestException(trouble));
            }

            await Task.Delay(asked ?? BackOff(attempt), _time, cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _compressed.DisposeAsync();
    }

    private static bool IsLostAnswer(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        // HttpClient reports its own timeout as a cancellation; half an answer is not JSON.
        && exception is HttpRequestException or OperationCanceledException or IOException or JsonException;

    private static TimeSpan BackOff(int attempt)
    {
        var wait = Math.Min(s_firstWait.TotalMilliseconds * Math.Pow(2, attempt - 1), s_longestWait.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(wait * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    private static async Task<SinkAnswer> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var answer = await JsonSerializer.DeserializeAsync(stream, SinkJson.Default.SinkAnswer, cancellationToken);
        return answer ?? throw new JsonException("The answer is null.");
    }

    /// <summary>Answers that no repeat will change.</summary>
    private async Task ThrowIfFinalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var isFinal = response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not HttpStatusCode.TooManyRequests and not HttpStatusCode.RequestTimeout;
        if (!isFinal)
        {
            return;
        }

        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new ImportEnvironmentException($"{_endpoint} refuses the API key ({(int)response.StatusCode}).");
        }

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new ImportEnvironmentException(
            $"{_endpoint} refuses the batch ({(int)response.StatusCode}): {(text.Length > 500 ? text[..500] : text)}");
    }

    private TimeSpan? AskedWait(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait is { } asked && asked >= TimeSpan.Zero
            ? (asked < s_longestWaitAsked ? asked : s_longestWaitAsked)
            : null;
    }

    private static ByteArrayContent Content(ArraySegment<byte> body)
    {
        var content = new ByteArrayContent(body.Array!, body.Offset, body.Count);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private ArraySegment<byte> Compress(ReadOnlyMemory<byte> ndjson)
    {
        _compressed.SetLength(0);
        using (var gzip = new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(ndjson.Span);
        }

        return new(_compressed.GetBuffer(), 0, (int)_compressed.Length);
    }
}

/// <summary>The intake's answer, design §6.2.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SinkAnswer))]
internal sealed partial class SinkJson : JsonSerializerContext;
