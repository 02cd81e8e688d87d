using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CommandCenter.Simulator.Delivery;

/// <summary>The product's public API, as far as a source of events needs it. A request whose answer is lost is repeated: the same ids make that harmless.</summary>
internal sealed class ProductClient : IDisposable
{
    // Lines that the product could not take just now: its partition drains, reloads or is busy. A stopped partition waits
    // for a person, so its lines are refused, and the rest of the city goes on.
    private static readonly string[] s_passingCodes = ["partition.draining", "partition.journal-failed", "partition.busy"];

    private readonly HttpClient _http;
    private readonly RetryPolicy _retry;
    private readonly TimeProvider _time;
    private readonly TextWriter _faults;

    /// <summary>Makes a client.</summary>
    /// <param name="server">Root of the product's addresses.</param>
    /// <param name="key">The intake key.</param>
    /// <param name="retry">How requests are repeated.</param>
    /// <param name="time">The clock that measures the waits.</param>
    /// <param name="faults">Where repeated requests are told of.</param>
    public ProductClient(Uri server, string key, RetryPolicy retry, TimeProvider time, TextWriter faults)
    {
        _retry = retry;
        _time = time;
        _faults = faults;
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = server,
            Timeout = retry.AnswerTimeout,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The marks of the courts.</summary>
    /// <exception cref="RunException">The product cannot be reached, or does not answer with courts.</exception>
    public async Task<IReadOnlyList<string>> ReadCourtMarksAsync(CancellationToken cancellationToken)
    {
        var (_, courts) = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, "api/v1/courts"), ProductJson.Default.KnownCourtArray, cancellationToken);
        return courts is { Length: > 0 }
            ? [.. courts.Select(court => court.Mark)]
            : throw new RunException(3, "The server answers with no courts.");
    }

    /// <summary>Whether the product holds a case.</summary>
    /// <exception cref="RunException">The product cannot be reached.</exception>
    public async Task<bool> HoldsCaseAsync(string number, CancellationToken cancellationToken)
    {
        var (status, _) = await SendAsync<object>(
            () => new HttpRequestMessage(HttpMethod.Head, "api/v1/cases/" + Uri.EscapeDataString(number)), answer: null, cancellationToken);
        return status == HttpStatusCode.OK;
    }

    /// <summary>Posts events.</summary>
    /// <param name="body">Gzipped NDJSON.</param>
    /// <param name="cancellationToken">Ends the attempt; whether the events were taken is then unknown.</param>
    /// <exception cref="RunException">The product cannot be reached, or refuses the whole request.</exception>
    public async Task<PostAnswer> PostEventsAsync(byte[] body, CancellationToken cancellationToken)
    {
        var (status, answer) = await SendAsync(
            () =>
            {
                var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                content.Headers.ContentEncoding.Add("gzip");
                return new HttpRequestMessage(HttpMethod.Post, "api/v1/events") { Content = content };
            },
            ProductJson.Default.PostAnswer,
            cancellationToken,
            PassingFaultOf);
        return answer ?? throw new RunException(3, $"The server answers a post of events with {(int)status} and no body.");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, T? Answer)> SendAsync<T>(
        Func<HttpRequestMessage> request, JsonTypeInfo<T>? answer, CancellationToken cancellationToken, Func<T, string?>? faultOf = null)
        where T : class
    {
        var begun = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var (result, fault, asked) = await TryAsync(request, answer, cancellationToken);
            fault ??= result.Answer is { } answered ? faultOf?.Invoke(answered) : null;
            if (fault is null)
            {
                if (attempt > 1)
                {
                    await _faults.WriteLineAsync($"The server answers again (attempt {attempt}).");
                }

                return result;
            }

            if (_time.GetElapsedTime(begun) >= _retry.GiveUpAfter)
            {
                throw new RunException(3, $"{fault} Given up after {attempt} attempts in {_retry.GiveUpAfter.TotalMinutes:0} minutes.");
            }

            var wait = _retry.WaitAfter(attempt, asked);
            await _faults.WriteLineAsync($"{fault} Attempt {attempt + 1} in {wait.TotalSeconds:0.##} s.");
            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    private async Task<((HttpStatusCode Status, T? Answer) Result, string? Fault, TimeSpan? Asked)> TryAsync<T>(
        Func<HttpRequestMessage> request, JsonTypeInfo<T>? answer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var message = request();
            using var response = await _http.SendAsync(message, cancellationToken);
            var status = response.StatusCode;
            if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500)
            {
                return (default, $"The server answers {(int)status}.", AskedWait(response.Headers.RetryAfter));
            }

            if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                throw new RunException(2, $"The server refuses the key ({(int)status}). Is the key file that of this server?");
            }

            if (status == HttpStatusCode.NotFound && answer is null)
            {
                return ((status, null), null, null);
            }

            if (!response.IsSuccessStatusCode)
            {
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                throw new RunException(3, $"The server answers {(int)status} to {message.Method} {message.RequestUri?.AbsolutePath}: {Start(text)}");
            }

            if (answer is null)
            {
                return ((status, null), null, null);
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return ((status, await JsonSerializer.DeserializeAsync(body, answer, cancellationToken)), null, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (default, $"The answer is lost ({exception.Message.TrimEnd('.')}).", null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, $"No answer within {_retry.AnswerTimeout.TotalSeconds:0} s.", null);
        }
        catch (JsonException exception)
        {
            throw new RunException(3, $"The server's answer is not what this version understands: {exception.Message}");
        }
    }

    // The whole batch is repeated, in its order; the lines that were taken are duplicates then.
    private static string? PassingFaultOf(PostAnswer answer) =>
        answer.Rejected?.FirstOrDefault(line => s_passingCodes.Contains(line.Code)) is { } line
            ? $"A part of the server takes no events now ({line.Code})."
            : null;

    private TimeSpan? AskedWait(RetryConditionHeaderValue? asked) => asked switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => null,
    };

    private static string Start(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
