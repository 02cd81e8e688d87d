using CommandCenter.Testing;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;
using CommandCenter.TimeSeries.Tests.Embedded;

namespace CommandCenter.TimeSeries.Tests.Influx;

/// <summary>Against the distribution's real server: both stores must answer alike, to the last point and the last fen.</summary>
public sealed class RealInfluxTests : IDisposable
{
    // Real timers for the requests, and points of an old day: the server must not care how old they are.
    private static readonly DateTimeOffset s_start = new(2017, 9, 1, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] s_scopes = ["沪", "沪01", "沪01.own", "沪0115", "a,b =c", "quo'te\"d", "back\\slash"];

    private readonly TemporaryDirectory _directory = new();
    private readonly SetTime _time = new(s_start);
    private readonly CountingHandler _answers = new();
    private readonly HttpClient _http;
    private readonly NaiveSeries _naive = new();
    private readonly SeriesStore _store;
    private readonly Random _random = new(20170901);

    public RealInfluxTests()
    {
        _http = new HttpClient(_answers);
        _store = SeriesStore.Open(NaiveSeries.OptionsIn(_directory.Path), _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _http.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Both_stores_answer_alike_after_late_corrections_too()
    {
        await using var server = await InfluxServer.StartNewAsync();
        var shipper = Shipper(server.Options);
        for (var day = 0; day < 4; day++)
        {
            _time.Now = s_start.AddDays(day);
            Write(daysAgo: 0);
            Write(daysAgo: day); // A correction of the first day, sealed or not.
            _store.Maintain();
            await ShipAllAsync(shipper);
        }

        await AssertSameAsync(server.Options);
        Assert.InRange(_answers.TooLargeCount, 1, 100); // The server takes 1,500 bytes at a time.
    }

    /// <summary>A point every five minutes while the server is dead; it comes back after half an hour and gets them all.</summary>
    [Fact]
    public async Task Half_an_hour_of_outage_by_kill_9_loses_no_point()
    {
        await using var server = await InfluxServer.StartNewAsync();
        var shipper = Shipper(server.Options);
        Write(daysAgo: 1);
        await ShipAllAsync(shipper);
        Write(daysAgo: 0);
        _ = await shipper.ShipAsync(Token);

        await server.KillAsync();
        var until = _time.Now + TimeSpan.FromMinutes(30);
        var tries = 0;
        while (_time.Now < until)
        {
            Write(daysAgo: 0);
            _time.Now += await shipper.ShipAsync(Token);
            tries++;
        }

        var state = shipper.ReadState();
        Assert.InRange(tries, 60, 400); // 0.1 s to 30 s between them.
        Assert.NotNull(state.FailingSince);
        Assert.Equal(0, state.LastStatus);
        Assert.InRange(state.LagPoints, 1, long.MaxValue);
        await server.StartAsync();
        await ShipAllAsync(shipper);

        await AssertSameAsync(server.Options);
        Assert.Equal(0, _store.DeadLetterCount);
    }

    [Fact]
    public async Task A_server_killed_again_and_again_while_lines_come_in_holds_the_same_in_the_end()
    {
        await using var server = await InfluxServer.StartNewAsync();
        var options = server.Options with { RowsPerPageMax = 20 };
        var shipper = Shipper(options);
        for (var life = 0; life < 3; life++)
        {
            Write(daysAgo: life);
            var shipping = ShipUntilFailureAsync(shipper);
            await Eventually.TrueAsync(
                "some lines to arrive", TimeSpan.FromSeconds(30), _ => Task.FromResult(shipper.ReadState().PointsDelivered > life * 30 || shipping.IsCompleted), Token);
            await server.KillAsync();
            await shipping;
            await server.StartAsync();
        }

        await ShipAllAsync(shipper);

        await AssertSameAsync(options);
    }

    [Fact]
    public async Task A_wrong_database_keeps_every_point_until_it_is_made()
    {
        await using var server = await InfluxServer.StartNewAsync();
        var options = server.Options with { Database = "nobody made this" };
        var shipper = Shipper(options);
        Write(daysAgo: 0);

        Assert.True(await shipper.ShipAsync(Token) > TimeSpan.Zero);

        Assert.Equal(404, shipper.ReadState().LastStatus);
        Assert.Contains("database not found", shipper.ReadState().LastError, StringComparison.Ordinal);
        await server.AskAsync("CREATE DATABASE \"nobody made this\"");
        await ShipAllAsync(shipper);
        await AssertSameAsync(options);
    }

    [Fact]
    public async Task A_wrong_password_keeps_every_point()
    {
        await using var server = await InfluxServer.StartNewAsync();
        Write(daysAgo: 0);
        var wrong = Shipper(server.Options with { Password = "wrong" });

        Assert.True(await wrong.ShipAsync(Token) > TimeSpan.Zero);

        Assert.Equal(401, wrong.ReadState().LastStatus);
        await ShipAllAsync(Shipper(server.Options));
        await AssertSameAsync(server.Options);
    }

    /// <summary>Somebody wrote one of our fields as text before us: the server takes the other points of that request and refuses these for ever.</summary>
    [Fact]
    public async Task A_partial_write_leaves_dead_letters_that_can_be_replayed_when_the_conflict_is_gone()
    {
        await using var server = await InfluxServer.StartNewAsync();
        Write(daysAgo: 0);
        var victim = _store.ReadChanges(10)!.Points.First(point => point.Step == SeriesStep.FiveMinutes && point.Point.Values[0] is not null);
        using (var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, $"write?db={InfluxServer.Database}&precision=s")))
        {
            // The type of a field is held per measurement and week of data.
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{InfluxServer.User}:{InfluxServer.Password}")));
            request.Content = new StringContent($"kpi,scope=intruder received=\"text\" {victim.Point.T}\n");
            using var response = await _http.SendAsync(request, Token);
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        }

        var shipper = Shipper(server.Options);
        await ShipAllAsync(shipper);

        Assert.InRange(_store.DeadLetterCount, 1, long.MaxValue);
        Assert.Contains("field type conflict", _store.ReadDeadLetters(1)[0].Reason, StringComparison.Ordinal);
        await server.AskAsync($"DROP DATABASE \"{InfluxServer.Database}\"");
        await server.AskAsync($"CREATE DATABASE \"{InfluxServer.Database}\"");
        _ = _store.ReplayDeadLetters();
        await ShipAllAsync(shipper);

        Assert.Equal(0, _store.DeadLetterCount);
        var read = await Client(server.Options).ReadAsync(SeriesStep.FiveMinutes, victim.Scope, victim.Point.T, victim.Point.T + 1, Token);
        Assert.Equal(victim.Point.Values, read.Single().Values);
    }

    private InfluxClient Client(InfluxOptions options) => new(_http, options, NaiveSeries.Schema, TimeProvider.System);

    private InfluxShipper Shipper(InfluxOptions options) => new(_store, Client(options), options, _time, new Random(1));

    private static async Task ShipAllAsync(InfluxShipper shipper)
    {
        while (shipper.ReadState().LagPoints > 0)
        {
            Assert.True(await shipper.ShipAsync(Token) == TimeSpan.Zero, $"Delivery failed: {shipper.ReadState().LastError}");
        }
    }

    private static async Task ShipUntilFailureAsync(InfluxShipper shipper)
    {
        while (shipper.ReadState().LagPoints > 0 && await shipper.ShipAsync(Token) == TimeSpan.Zero)
        {
        }
    }

    private void Write(int daysAgo)
    {
        var day = NaiveSeries.DayOf(_time.Now.ToUnixTimeSeconds()) - daysAgo;
        _naive.Write(_store, day, [.. s_scopes.Select(scope => new SeriesRows(scope, [.. Enumerable.Range(0, 288)
            .Where(_ => _random.Next(40) == 0)
            .Select(slot => new SeriesPoint(NaiveSeries.StartOf(day) + (slot * 300L), [_random.Next(9), _random.NextInt64(1L << 40), _random.Next(500), _random.Next(2) == 0 ? null : 3]))]))]);
    }

    private async Task AssertSameAsync(InfluxOptions options)
    {
        var client = Client(options);
        var actual = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var step in SeriesSteps.All)
        {
            foreach (var scope in _store.ReadScopeNames())
            {
                var points = await client.ReadAsync(step, scope, 0, 4_000_000_000, Token);
                actual.UnionWith(points.Select(point => NaiveSeries.Describe(step, scope, point)));
            }

            var sums = await client.SumAsync(step, "funds_in_fen", Token);
            Assert.All(_store.ReadScopeNames(), scope => Assert.Equal(
                _store.Read(step, scope, 0, 4_000_000_000).Aggregate((Count: 0L, Sum: 0L), static (sum, point) => (sum.Count + 1, sum.Sum + point.Values[1]!.Value)),
                sums[scope]));
        }

        Assert.Equal(_naive.Describe(), actual);
    }

    private sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int TooLargeCount { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            TooLargeCount += (int)response.StatusCode == 413 ? 1 : 0;
            return response;
        }
    }
}
