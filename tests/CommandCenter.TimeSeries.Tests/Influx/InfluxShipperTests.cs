using CommandCenter.Testing;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;
using CommandCenter.TimeSeries.Tests.Embedded;

namespace CommandCenter.TimeSeries.Tests.Influx;

public sealed class InfluxShipperTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_now = new(2017, 9, 1, 10, 0, 0, TimeSpan.FromHours(8));

    private readonly TemporaryDirectory _directory = new();
    private readonly SetTime _time = new(s_now);
    private readonly FakeInflux _influx = new();
    private readonly HttpClient _http = new();
    private readonly SeriesStore _store;
    private readonly NaiveSeries _naive = new();

    public InfluxShipperTests() => _store = SeriesStore.Open(NaiveSeries.OptionsIn(_directory.Path), _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private InfluxOptions Options => new() { Address = _influx.Address, Database = "court kpi", User = "cc", Password = "secret" };

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _influx.DisposeAsync();
        _http.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Everything_arrives_once_with_the_database_the_precision_and_the_credentials()
    {
        Fill(days: 4, courts: 3);

        await ShipAllAsync(Shipper());

        Assert.Equal(_naive.Describe(), _influx.Describe());
        Assert.All(_influx.Requests, request => Assert.Equal(
            ("/write?db=court%20kpi&precision=s", "Basic " + Convert.ToBase64String("cc:secret"u8)), (request.Target, request.Authorization)));
        Assert.Equal(_naive.Describe().Count, _influx.Requests.Sum(request => request.LineCount));
    }

    [Theory]
    [InlineData(401, """{"error":"authorization failed"}""", "authorization failed")]
    [InlineData(403, """{"code":"forbidden","message":"no"}""", "no")]
    [InlineData(404, """{"error":"database not found: \"court kpi\""}""", "database not found: \"court kpi\"")]
    [InlineData(429, "slow down", "slow down")]
    [InlineData(500, "", "Internal Server Error")]
    [InlineData(503, """{"error":"timeout"}""", "timeout")]
    [InlineData(200, "", "OK")]
    public async Task What_is_no_fault_of_the_lines_keeps_them_and_pauses_longer_each_time_until_it_works(int status, string body, string reason)
    {
        Fill(days: 2, courts: 2);
        _influx.Misbehave = _ => new FakeInflux.Answer(status, body);
        var shipper = Shipper();
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 12; i++)
        {
            pauses.Add(await shipper.ShipAsync(Token));
        }

        Assert.InRange(pauses[0].TotalSeconds, 0.05, 0.1);
        Assert.InRange(pauses[3].TotalSeconds, 0.4, 0.8);
        Assert.InRange(pauses[11].TotalSeconds, 15, 30);
        var state = shipper.ReadState();
        Assert.Equal((status, reason, s_now, s_now + pauses[11]), (state.LastStatus, state.LastError, state.FailingSince, state.NextTryAt));
        Assert.Equal((0, 12, 0, _naive.Describe().Count), (state.DeadLetters, state.Failures, state.PointsDelivered, state.LagPoints));
        Assert.Empty(_influx.Points);

        _influx.Misbehave = static _ => null;
        _time.Now += TimeSpan.FromHours(1);
        Assert.Equal(TimeSpan.FromHours(1), shipper.ReadState().Lag);
        await ShipAllAsync(shipper);

        Assert.Equal(_naive.Describe(), _influx.Describe());
        state = shipper.ReadState();
        Assert.Equal((null, null, TimeSpan.Zero, 0L), (state.FailingSince, state.NextTryAt, state.Lag, state.LagPoints));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0, 0.1)]
    [InlineData(1_000_000, 3600)]
    public async Task Retry_after_is_honoured_within_reason(int asked, double seconds)
    {
        Fill(days: 1, courts: 1);
        _influx.Misbehave = _ => new FakeInflux.Answer(429, null, asked);

        Assert.InRange((await Shipper().ShipAsync(Token)).TotalSeconds, seconds / 2, seconds);
    }

    [Fact]
    public async Task No_answer_at_all_keeps_the_lines()
    {
        Fill(days: 1, courts: 1);
        using var nobody = new HttpClient();
        var options = Options with { Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}") };
        var shipper = new InfluxShipper(_store, new InfluxClient(nobody, options, NaiveSeries.Schema, _time), options, _time, new Random(1));

        Assert.True(await shipper.ShipAsync(Token) > TimeSpan.Zero);

        Assert.Equal((0, 1L), (shipper.ReadState().LastStatus, shipper.ReadState().Failures));
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_halved_until_it_fits()
    {
        Fill(days: 3, courts: 3);
        _influx.Misbehave = lines => lines.Count > 37 ? new FakeInflux.Answer(413) : null;

        await ShipAllAsync(Shipper());

        Assert.Equal(_naive.Describe(), _influx.Describe());
        Assert.Equal(0, _store.DeadLetterCount);
    }

    [Fact]
    public async Task A_partial_write_leaves_only_the_refused_lines_behind_and_they_can_be_replayed()
    {
        Fill(days: 2, courts: 3);
        var isRepaired = false;
        _influx.Misbehave = lines =>
        {
            var bad = isRepaired ? [] : lines.Where(line => line.StartsWith("kpi,scope=沪0102 ", StringComparison.Ordinal) && line.EndsWith("1200", StringComparison.Ordinal)).ToArray();
            _influx.Take(lines.Except(bad));
            return bad.Length == 0 ? new FakeInflux.Answer(204) : new FakeInflux.Answer(400, """{"error":"partial write: field type conflict dropped=1"}""");
        };
        var shipper = Shipper();

        await ShipAllAsync(shipper);

        var missing = _naive.Describe();
        missing.ExceptWith(_influx.Describe());
        Assert.NotEmpty(missing);
        Assert.Equal(missing.Count, _store.DeadLetterCount);
        Assert.Equal(
            missing.Select(point => point.Split(':')[0]).Order(StringComparer.Ordinal),
            _store.ReadDeadLetters(1_000).Select(letter => $"{letter.Step.Measurement()} {letter.Scope} {letter.T}").Order(StringComparer.Ordinal));
        Assert.All(_store.ReadDeadLetters(1_000), letter => Assert.Equal((400, "partial write: field type conflict dropped=1"), (letter.Status, letter.Reason)));

        isRepaired = true;
        Assert.Equal(missing.Count, _store.ReplayDeadLetters());
        await ShipAllAsync(shipper);

        Assert.Equal(0, _store.DeadLetterCount);
        Assert.Equal(_naive.Describe(), _influx.Describe());
    }

    [Fact]
    public async Task A_server_that_refuses_everything_is_asked_a_bounded_number_of_times_and_then_delivery_stops()
    {
        Fill(days: 4, courts: 3);
        _influx.Misbehave = _ => new FakeInflux.Answer(422, "no");
        var options = Options with { RowsPerPageMax = 100, DeadLettersMax = 700 };
        var shipper = new InfluxShipper(_store, new InfluxClient(_http, options, NaiveSeries.Schema, _time), options, _time, new Random(1));
        var pages = 0;
        while (await shipper.ShipAsync(Token) == TimeSpan.Zero)
        {
            pages++;
        }

        Assert.InRange(_influx.Requests.Count, pages, (pages + 1) * 130);
        Assert.InRange(_store.DeadLetterCount, 1, 700);
        Assert.StartsWith("too many dead letters", shipper.ReadState().LastError, StringComparison.Ordinal);

        _influx.Misbehave = static _ => null;
        await ShipAllAsync(shipper);
        _ = _store.ReplayDeadLetters();
        await ShipAllAsync(shipper);
        Assert.Equal(_naive.Describe(), _influx.Describe());
    }

    /// <summary>The server fails at random in every way it can, while points are written and corrected. In the end nothing is missing.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_any_sequence_of_failures_both_hold_the_same(int seed)
    {
        var random = new Random(seed);
        var chaos = new Random(seed + 1000);
        _influx.Misbehave = lines =>
        {
            switch (chaos.Next(8))
            {
                case 0:
                    return new FakeInflux.Answer(503);
                case 1:
                    _influx.Take(lines); // Taken, and the answer is lost.
                    return new FakeInflux.Answer(500);
                case 2:
                    _influx.Take(lines.Take(lines.Count / 2));
                    return new FakeInflux.Answer(502);
                case 3 when lines.Count > 5:
                    return new FakeInflux.Answer(413);
                default:
                    return null;
            }
        };
        var shipper = Shipper();
        for (var i = 0; i < 60; i++)
        {
            _time.Now += TimeSpan.FromHours(random.Next(4));
            Fill(days: 1, courts: 2, random, daysAgo: random.Next(5));
            _store.Maintain();
            for (var j = random.Next(4); j > 0; j--)
            {
                _ = await shipper.ShipAsync(Token);
            }

            if (random.Next(6) == 0)
            {
                shipper = Shipper(); // A restart of our side.
            }
        }

        _influx.Misbehave = static _ => null;
        await ShipAllAsync(shipper);

        Assert.Equal(_naive.Describe(), _influx.Describe());
    }

    private InfluxShipper Shipper() => new(_store, new InfluxClient(_http, Options, NaiveSeries.Schema, _time), Options, _time, new Random(1));

    private static async Task ShipAllAsync(InfluxShipper shipper)
    {
        while (shipper.ReadState() is { LagPoints: > 0, LastError: var error })
        {
            Assert.True(await shipper.ShipAsync(Token) == TimeSpan.Zero, $"Delivery failed: {shipper.ReadState().LastError ?? error}");
        }
    }

    private void Fill(int days, int courts, Random? random = null, int daysAgo = 0)
    {
        random ??= new Random(42);
        for (var day = 0; day < days; day++)
        {
            var at = NaiveSeries.DayOf(_time.Now.ToUnixTimeSeconds()) - day - daysAgo;
            _naive.Write(_store, at, [.. Enumerable.Range(1, courts).Select(court => new SeriesRows($"沪010{court}", [.. Enumerable.Range(0, 288)
                .Where(_ => random.Next(6) == 0)
                .Select(slot => new SeriesPoint(NaiveSeries.StartOf(at) + (slot * 300L), [random.Next(9), random.Next(1_000_000), random.Next(500), null]))]))]);
        }
    }
}
