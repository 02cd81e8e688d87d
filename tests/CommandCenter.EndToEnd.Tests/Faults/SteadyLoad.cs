using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Faults;

/// <summary>
/// Sources that never give up. Each sends cases and money of its own, one request after the other; a request without an answer is sent
/// again as it was until it has one. What was answered is added up here, so that it can be asked of the product afterwards.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Senders = 4;
    private const int CasesPerRequest = 20;
    private static readonly string[] s_courts = ["沪0101", "沪0104", "沪0105", "沪0106", "沪0107", "沪0109", "沪0110", "沪0115"];
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(5);

    private readonly ProductHost _host;
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _senders;
    private long _requests;
    private long _cases;
    private long _fen;
    private long _refusals;

    public SteadyLoad(ProductHost host)
    {
        _host = host;
        _client = new HttpClient { BaseAddress = host.Address, Timeout = s_answerLimit };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(host.KeyFile).Trim());
        _senders = [.. Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(sender)))];
    }

    /// <summary>Cases that were answered as accepted.</summary>
    public long Cases => Interlocked.Read(ref _cases);

    /// <summary>Money that was answered as accepted.</summary>
    public long Fen => Interlocked.Read(ref _fen);

    /// <summary>Answers that said to come again later.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    /// <summary>Waits until so many more requests were answered.</summary>
    public async Task PassAsync(int requests, CancellationToken cancellationToken)
    {
        var goal = Interlocked.Read(ref _requests) + requests;
        await Eventually.TrueAsync(
            $"{requests} more requests to be answered", s_patience, _ => Task.FromResult(Interlocked.Read(ref _requests) >= goal || ThrowIfBroken()), cancellationToken);
    }

    /// <summary>Waits until a request is told to come again later.</summary>
    public Task BeRefusedAsync(CancellationToken cancellationToken)
    {
        var before = Refusals;
        return Eventually.TrueAsync("a request to be refused", s_patience, _ => Task.FromResult(Refusals > before || ThrowIfBroken()), cancellationToken);
    }

    /// <summary>Lets every sender have the answer to its last request.</summary>
    public async Task FinishAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_senders);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_senders).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _stop.Dispose();
    }

    private bool ThrowIfBroken() => _senders.FirstOrDefault(static sender => sender.IsFaulted) is { Exception: { } exception }
        ? throw new InvalidOperationException("A sender had an answer that it must not have.", exception)
        : false;

    private async Task SendAsync(int sender)
    {
        var random = new Random(sender);
        for (var request = 0; !_stop.IsCancellationRequested; request++)
        {
            var lines = new List<string>();
            var fen = 0L;
            for (var i = 0; i < CasesPerRequest; i++)
            {
                var number = 1 + (((request * CasesPerRequest) + i) * Senders) + sender;
                var court = s_courts[random.Next(s_courts.Length)];
                var amount = random.NextInt64(1, 10_000_000);
                lines.Add(EventLines.Filed(number, court));
                lines.Add(EventLines.MoneyReceived(number, payment: 1, amount, court));
                fen += amount;
            }

            await AnsweredAsync(lines);
            _ = Interlocked.Add(ref _cases, CasesPerRequest);
            _ = Interlocked.Add(ref _fen, fen);
            _ = Interlocked.Increment(ref _requests);
        }
    }

    private async Task AnsweredAsync(List<string> lines)
    {
        var body = string.Join('\n', lines) + "\n";
        var mayCountAlready = false;
        while (await TryPostAsync(body) is var answer)
        {
            if (answer is { IsRefused: false })
            {
                Assert.Equal(lines.Count, answer.Value.Accepted + answer.Value.Duplicates);
                Assert.True(mayCountAlready || answer.Value.Duplicates == 0, $"{answer.Value.Duplicates} events that were never sent before are called duplicates.");
                return;
            }

            // Without an answer, and when one partition took its part and another did not, some of it may count: a repeat says which.
            mayCountAlready = true;
            await Eventually.TrueAsync("the server to be ready again", s_patience, _host.IsReadyAsync, CancellationToken.None);
        }
    }

    private async Task<(int Accepted, int Duplicates, bool IsRefused)?> TryPostAsync(string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
            using var response = await _client.PostAsync(new Uri("api/v1/events", UriKind.Relative), content);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
            {
                _ = Interlocked.Increment(ref _refusals);
                return (0, 0, true);
            }

            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {text}");
            using var json = JsonDocument.Parse(text);
            var rejected = json.RootElement.GetProperty("rejected").EnumerateArray().Select(static line => line.GetProperty("code").GetString()).ToArray();
            if (rejected.Length > 0)
            {
                Assert.All(rejected, static code => Assert.StartsWith("partition.", code, StringComparison.Ordinal));
                _ = Interlocked.Increment(ref _refusals);
                return (0, 0, true);
            }

            return (json.RootElement.GetProperty("accepted").GetInt32(), json.RootElement.GetProperty("duplicates").GetInt32(), false);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null; // Killed, standing still or not there yet.
        }
    }
}
