using System.Collections.Concurrent;
using System.Diagnostics;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;

namespace CommandCenter.Benchmarks.Desks;

/// <summary>Pages of many people, each of which asks once a second over a connection of its own.</summary>
internal sealed class AskingDesks : IAsyncDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<double> _milliseconds = new();
    private readonly Task _asking;
    private int _failures;

    public AskingDesks(ServerProcess server, IReadOnlyList<Person> people) =>
        _asking = Task.WhenAll(people.Select((person, place) => AskAsync(server, person, s_pace * place / people.Count)));

    /// <summary>Answers that were none.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>What the last of them was.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Answers before do not count.</summary>
    public void Forget() => _milliseconds.Clear();

    /// <summary>How many answers came, and how long they took.</summary>
    public (int Count, Quantiles Times) Latencies()
    {
        var times = _milliseconds.ToArray();
        return (times.Length, new Quantiles(times));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AskAsync(ServerProcess server, Person person, TimeSpan first)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Cookie", person.Cookies.GetCookieHeader(server.Address));
        await Task.Delay(first, _ending.Token);
        using var timer = new PeriodicTimer(s_pace);
        do
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await client.GetAsync(person.Path, _ending.Token);
                _ = await answer.Content.ReadAsByteArrayAsync(_ending.Token);
                _ = answer.EnsureSuccessStatusCode();
                _milliseconds.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            catch (HttpRequestException exception)
            {
                LastFailure = $"{person.Path}: {exception.Message}";
                _ = Interlocked.Increment(ref _failures);
            }
        }
        while (await timer.WaitForNextTickAsync(_ending.Token));
    }
}
