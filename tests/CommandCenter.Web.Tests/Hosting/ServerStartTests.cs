using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Tests.Grains;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Hosting;

public sealed class ServerStartTests : IDisposable
{
    private readonly Host _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Who_waits_for_the_server_goes_on_when_it_listens()
    {
        var waiting = _host.WhenListeningAsync(Token);
        Assert.False(waiting.IsCompleted);

        _host.Listen();

        await waiting;
        await _host.WhenListeningAsync(Token);
        await ((IHostApplicationLifetime?)null).WhenListeningAsync(Token);
    }

    [Fact]
    public async Task A_server_that_goes_down_before_it_listens_keeps_nobody_waiting()
    {
        using var stopping = new CancellationTokenSource();
        var waiting = _host.WhenListeningAsync(stopping.Token);

        await stopping.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_recount_begins_when_the_server_listens_and_ends_also_when_it_never_did()
    {
        await using var lab = await GrainLab.OpenAsync();
        using var job = JobOf(lab);
        await job.StartAsync(Token);
        Assert.Equal(0, job.Latest.Cycles);

        _host.Listen();
        await Eventually.TrueAsync("a cycle", TimeSpan.FromSeconds(20), _ => Task.FromResult(job.Latest.Cycles > 0), Token);
        await job.StopAsync(Token);

        using var never = new Host();
        using var other = JobOf(lab, never);
        await other.StartAsync(Token);
        await other.StopAsync(Token);
        Assert.Equal(0, other.Latest.Cycles);
    }

    private RecountJob JobOf(GrainLab lab, Host? host = null) =>
        new(lab.Host, TimeProvider.System, Options.Create(new RecountOptions()), NullLogger<RecountJob>.Instance, host: host ?? _host);

    private sealed class Host : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Listen() => _started.Cancel();

        public void StopApplication()
        {
        }

        public void Dispose() => _started.Dispose();
    }
}
