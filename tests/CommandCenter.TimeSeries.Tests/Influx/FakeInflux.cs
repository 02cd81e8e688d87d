using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.TimeSeries.Tests.Embedded;

namespace CommandCenter.TimeSeries.Tests.Influx;

/// <summary>A server that keeps lines as InfluxDB does, and misbehaves as a test tells it.</summary>
internal sealed partial class FakeInflux : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public FakeInflux()
    {
        // HttpListener cannot choose a port itself.
        for (var attempt = 0; ; attempt++)
        {
            Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
            _listener.Prefixes.Add(Address.AbsoluteUri);
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                _listener.Prefixes.Clear();
            }
        }

        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>What it keeps: measurement, scope and time, as text; and the fields.</summary>
    public SortedDictionary<string, SortedDictionary<string, string>> Points { get; } = new(StringComparer.Ordinal);

    /// <summary>The requests so far: path and query, credentials, number of lines.</summary>
    public List<(string Target, string? Authorization, int LineCount)> Requests { get; } = [];

    /// <summary>Chooses the answer to lines; <see langword="null"/> takes them all and says 204.</summary>
    public Func<IReadOnlyList<string>, Answer?> Misbehave { get; set; } = static _ => null;

    /// <summary>Everything it keeps, in the words of <see cref="NaiveSeries.Describe()"/>.</summary>
    public SortedSet<string> Describe() => new(
        Points.Select(static point => $"{point.Key}: {string.Join(' ', NaiveSeries.Schema.Fields.Select(field => point.Value.GetValueOrDefault(field.Name, "-")))}"),
        StringComparer.Ordinal);

    public void Take(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var match = Line().Match(line);
            Assert.True(match.Success, $"Not a line of ours: {line}");
            var key = $"{match.Groups["measurement"].Value} {Regex.Unescape(match.Groups["scope"].Value)} {match.Groups["t"].Value}";
            if (!Points.TryGetValue(key, out var fields))
            {
                Points.Add(key, fields = new(StringComparer.Ordinal));
            }

            foreach (var field in match.Groups["fields"].Value.Split(','))
            {
                fields[field.Split('=')[0]] = field.Split('=')[1].TrimEnd('i');
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new StreamReader(new GZipStream(context.Request.InputStream, CompressionMode.Decompress), Encoding.UTF8);
            var lines = (await body.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Requests.Add((context.Request.Url!.PathAndQuery, context.Request.Headers["Authorization"], lines.Length));
            var answer = Misbehave(lines);
            if (answer is null)
            {
                Take(lines);
                answer = new Answer(204);
            }

            context.Response.StatusCode = answer.Status;
            if (answer.RetryAfter is { } wait)
            {
                context.Response.AddHeader("Retry-After", wait.ToString(CultureInfo.InvariantCulture));
            }

            try
            {
                context.Response.Close(Encoding.UTF8.GetBytes(answer.Body ?? ""), willBlock: true);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
            {
                return; // The answer was read before this side had finished with it, and the test has ended.
            }
        }
    }

    [GeneratedRegex(@"^(?<measurement>\w+),scope=(?<scope>(\\.|[^, =\\])+) (?<fields>[a-z_]+=-?\d+i(,[a-z_]+=-?\d+i)*) (?<t>-?\d+)$")]
    private static partial Regex Line();

    internal sealed record Answer(int Status, string? Body = null, int? RetryAfter = null);
}
