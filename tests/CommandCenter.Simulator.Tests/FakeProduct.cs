using System.IO.Compression;
using System.Text.Json;
using CommandCenter.Simulator.Delivery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Simulator.Tests;

/// <summary>What goes wrong with one request.</summary>
internal enum Fault
{
    None,

    /// <summary>429 with Retry-After 3.</summary>
    TooMany,

    /// <summary>503 without a word.</summary>
    Draining,

    /// <summary>The connection is cut before anything is taken.</summary>
    CutBefore,

    /// <summary>Every second line is taken, the others meet a partition that drains.</summary>
    PartlyDraining,

    /// <summary>Everything is taken, then the connection is cut: the answer is lost.</summary>
    CutAfter,
}

/// <summary>One event that the product holds.</summary>
internal sealed record HeldEvent(string Id, string Type, DateTimeOffset At, string Court, string? Case, string By, JsonElement Data);

/// <summary>A product that holds what it accepts, in the order in which it came, and fails as it is told.</summary>
internal sealed class FakeProduct : IAsyncDisposable
{
    public const string Key = "test-key";

    private readonly Dictionary<string, string> _lineById = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cases = new(StringComparer.Ordinal);
    private readonly Queue<Fault> _faults = [];
    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly string[] _marks;

    private FakeProduct(WebApplication app, string[] marks)
    {
        _app = app;
        _marks = marks;
    }

    public List<HeldEvent> Held { get; } = [];

    public int DuplicateCount { get; private set; }

    public List<string> Conflicts { get; } = [];

    public int RequestCount { get; private set; }

    /// <summary>Lines that are refused, by their type.</summary>
    public string? RefusedType { get; set; }

    public Uri Address => new(_app.Urls.Single() + "/");

    public static async Task<FakeProduct> StartAsync(string[] marks, params Fault[] faults)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 16 << 20);
        var app = builder.Build();
        var product = new FakeProduct(app, marks);
        foreach (var fault in faults)
        {
            product._faults.Enqueue(fault);
        }

        app.Run(product.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return product;
    }

    public ProductClient Client(TimeProvider time, TextWriter faults, string key = Key) => new(Address, key, new RetryPolicy(), time, faults);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != "Bearer " + Key)
        {
            context.Response.StatusCode = 401;
            return;
        }

        switch (context.Request.Path.Value)
        {
            case "/api/v1/courts":
                await context.Response.WriteAsJsonAsync(_marks.Select(mark => new { mark, nameZh = "示例法院", nameEn = "Sample", level = "basic", superior = "沪" }));
                break;
            case "/api/v1/events":
                await TakeAsync(context);
                break;
            case { } path when path.StartsWith("/api/v1/cases/", StringComparison.Ordinal):
                lock (_gate)
                {
                    context.Response.StatusCode = _cases.Contains(path["/api/v1/cases/".Length..]) ? 200 : 404;
                }

                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        Fault fault;
        lock (_gate)
        {
            RequestCount++;
            _ = _faults.TryDequeue(out fault);
        }

        switch (fault)
        {
            case Fault.TooMany:
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "3";
                return;
            case Fault.Draining:
                context.Response.StatusCode = 503;
                return;
            case Fault.CutBefore:
                context.Abort();
                return;
        }

        var (accepted, duplicates, rejected) = (0, 0, new List<object>());
        using var lines = new StreamReader(new GZipStream(context.Request.Body, CompressionMode.Decompress));
        for (var number = 1; await lines.ReadLineAsync() is { } line; number++)
        {
            if (fault == Fault.PartlyDraining && number % 2 == 0)
            {
                rejected.Add(new { line = number, code = "partition.draining", field = (string?)null, message = "later" });
                continue;
            }

            switch (Take(line))
            {
                case true:
                    accepted++;
                    break;
                case null:
                    duplicates++;
                    break;
                default:
                    rejected.Add(new { line = number, code = "event.refused", field = "type", message = "as told" });
                    break;
            }
        }

        if (fault == Fault.CutAfter)
        {
            context.Abort();
            return;
        }

        await context.Response.WriteAsJsonAsync(new { accepted, duplicates, rejected });
    }

    private bool? Take(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        string Text(string name) => json.GetProperty(name).GetString()!;
        var id = Text("id");
        lock (_gate)
        {
            if (Text("type") == RefusedType)
            {
                return false;
            }

            if (_lineById.TryGetValue(id, out var known))
            {
                if (known != line)
                {
                    Conflicts.Add(id);
                }

                DuplicateCount++;
                return null;
            }

            _lineById.Add(id, line);
            var number = json.TryGetProperty("case", out var value) ? value.GetString() : null;
            if (number is not null)
            {
                _cases.Add(number);
            }

            Held.Add(new HeldEvent(
                id, Text("type"), json.GetProperty("at").GetDateTimeOffset(), Text("court"), number, Text("by"), json.GetProperty("data")));
            return true;
        }
    }
}
