using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CommandCenter.TimeSeries.Influx;

/// <summary>The two requests that InfluxDB 1.x, 2.x and 3 share: <c>POST /write</c> and <c>GET /query</c>.</summary>
/// <remarks>Thread-safe. The HTTP client is the caller's; its own timeout should be longer than ours.</remarks>
public sealed class InfluxClient(HttpClient http, InfluxOptions options, SeriesSchema schema, TimeProvider time) : ISeriesReader
{
    private const int ReasonBytesMax = 2_048;

    private readonly AuthenticationHeaderValue? _credentials = options.User is null && options.Password is null
        ? null
        : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));

    /// <summary>Sends lines. Never throws for what the network or the server does.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf("write", $"db={Uri.EscapeDataString(options.Database)}&precision=s"));
        request.Headers.Authorization = _credentials;
        request.Content = new ByteArrayContent(Compress(lines.Span));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        request.Content.Headers.ContentEncoding.Add("gzip");
        try
        {
            using var limit = new CancellationTokenSource(options.RequestTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var verdict = InfluxAnswer.VerdictOf((int)response.StatusCode);
            var reason = verdict == InfluxVerdict.Accepted ? null : await ReasonOfAsync(response, either.Token).ConfigureAwait(false);
            return new InfluxAnswer(verdict, (int)response.StatusCode, reason, RetryAfterOf(response));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = exception is OperationCanceledException ? $"no answer in {options.RequestTimeout.TotalSeconds:0} s" : exception.Message;
            return new InfluxAnswer(InfluxVerdict.Later, 0, reason, null);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InfluxException">There is no answer, or it is an error.</exception>
    public async Task<IReadOnlyList<SeriesPoint>> ReadAsync(
        SeriesStep stepSize, string scope, long since, long until, CancellationToken cancellationToken)
    {
        var fields = string.Join(", ", schema.Fields.Select(static field => $"\"{field.Name}\""));
        using var answer = await QueryAsync(
            $"SELECT {fields} FROM \"{stepSize.Measurement()}\" WHERE \"scope\" = {Quote(scope)} AND time >= {since}s AND time < {until}s", cancellationToken)
            .ConfigureAwait(false);
        var points = new List<SeriesPoint>();
        foreach (var series in SeriesOf(answer))
        {
            foreach (var row in series.GetProperty("values").EnumerateArray())
            {
                var values = new long?[schema.Count];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = row[i + 1].ValueKind == JsonValueKind.Null ? null : row[i + 1].GetInt64();
                }

                points.Add(new SeriesPoint(row[0].GetInt64(), values));
            }
        }

        return points;
    }

    /// <summary>The sum of a field of a measurement over all scopes and times, by scope. For checks and for people.</summary>
    /// <exception cref="InfluxException">There is no answer, or it is an error.</exception>
    public async Task<IReadOnlyDictionary<string, (long Count, long Sum)>> SumAsync(SeriesStep step, string field, CancellationToken cancellationToken)
    {
        using var answer = await QueryAsync(
            $"SELECT count(\"{field}\"), sum(\"{field}\") FROM \"{step.Measurement()}\" GROUP BY \"scope\"", cancellationToken).ConfigureAwait(false);
        return SeriesOf(answer).ToDictionary(
            static series => series.GetProperty("tags").GetProperty("scope").GetString()!,
            static series => (series.GetProperty("values")[0][1].GetInt64(), series.GetProperty("values")[0][2].GetInt64()),
            StringComparer.Ordinal);
    }

    private static JsonElement[] SeriesOf(JsonDocument answer)
    {
        var result = answer.RootElement.GetProperty("results")[0];
        if (result.TryGetProperty("error", out var error))
        {
            throw new InfluxException(error.GetString() ?? "error", null);
        }

        return result.TryGetProperty("series", out var series) ? [.. series.EnumerateArray()] : [];
    }

    private async Task<JsonDocument> QueryAsync(string query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, AddressOf("query", $"db={Uri.EscapeDataString(options.Database)}&epoch=s&q={Uri.EscapeDataString(query)}"));
        request.Headers.Authorization = _credentials;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new InfluxException($"{(int)response.StatusCode}: {await ReasonOfAsync(response, cancellationToken).ConfigureAwait(false)}", null);
            }

            using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw new InfluxException(exception.Message, exception);
        }
    }

    private Uri AddressOf(string path, string query) => new($"{options.Address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}?{query}");

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static string Quote(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    private static byte[] Compress(ReadOnlySpan<byte> lines)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines);
        }

        return buffer.ToArray();
    }

    // {"error":"partial write: field type conflict: …"} from all versions; a proxy in between may say anything.
    private static async Task<string> ReasonOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReasonBytesMax];
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var text = Encoding.UTF8.GetString(buffer, 0, length).Trim();
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var name in (string[])["error", "message"])
                {
                    if (json.RootElement.TryGetProperty(name, out var said) && said.ValueKind == JsonValueKind.String)
                    {
                        return said.GetString()!;
                    }
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON, or cut off: shown as it is.
        }

        return text.Length == 0 ? response.ReasonPhrase ?? "" : text;
    }
}
