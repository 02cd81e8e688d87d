using System.Buffers;
using CommandCenter.TimeSeries.Embedded;

namespace CommandCenter.TimeSeries.Influx;

/// <summary>How delivery to InfluxDB stands. Immutable; read from any thread.</summary>
/// <param name="Target">Address and database.</param>
/// <param name="LagPoints">Points that changed and are not delivered.</param>
/// <param name="Lag">How long something has been waiting.</param>
/// <param name="FailingSince">When the running series of failures began; <see langword="null"/> while all is well.</param>
/// <param name="LastStatus">HTTP status of the last failure, 0 for no answer.</param>
/// <param name="LastError">What was said at the last failure.</param>
/// <param name="NextTryAt">When a failed request is repeated.</param>
/// <param name="LastDeliveryAt">When InfluxDB last took lines.</param>
/// <param name="DeadLetters">Points refused for good, waiting for a replay.</param>
/// <param name="PointsDelivered">Lines taken since this process began.</param>
/// <param name="Failures">Requests that failed since this process began.</param>
public sealed record ShipperState(
    string Target, long LagPoints, TimeSpan Lag, DateTimeOffset? FailingSince, int? LastStatus, string? LastError, DateTimeOffset? NextTryAt,
    DateTimeOffset? LastDeliveryAt, long DeadLetters, long PointsDelivered, long Failures);

/// <summary>
/// Delivers every change of the embedded store to InfluxDB, in order, at its own pace. The cursor lies in the store and moves only behind
/// lines that were taken, so an outage of any length, of either side, loses nothing; what is sent twice is the same point.
/// </summary>
/// <remarks>One loop, one request at a time. The lines of a page that failed are sent again as their points are then.</remarks>
public sealed class InfluxShipper
{
    // Enough to single out several bad lines among thousands, few enough that a server which refuses everything is not flooded.
    private const int SplitsMax = 64;

    private readonly SeriesStore _store;
    private readonly InfluxClient _client;
    private readonly InfluxOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly DateTimeOffset _startedAt;
    private int _linesMax;
    private int _failuresInRow;
    private volatile ShipperState _state;

    /// <summary>Makes a shipper that has not begun.</summary>
    /// <param name="store">Where the changes and the cursor are.</param>
    /// <param name="client">Where they go.</param>
    /// <param name="options">Limits and pauses.</param>
    /// <param name="time">The only clock.</param>
    /// <param name="jitter">Spreads the pauses, so that many senders do not come back at once.</param>
    public InfluxShipper(SeriesStore store, InfluxClient client, InfluxOptions options, TimeProvider time, Random jitter)
    {
        _store = store;
        _client = client;
        _options = options;
        _time = time;
        _jitter = jitter;
        _linesMax = options.LinesPerRequestMax;
        _startedAt = time.GetUtcNow();
        store.DeliverTo(options.Target);
        _state = new ShipperState(options.Target, 0, TimeSpan.Zero, null, null, null, null, null, store.DeadLetterCount, 0, 0);
    }

    /// <summary>How delivery stands now.</summary>
    public ShipperState ReadState()
    {
        var lag = _store.ReadLag();
        var since = lag.Since ?? (lag.Points > 0 ? _startedAt : null);
        return _state with
        {
            LagPoints = lag.Points,
            Lag = since is { } at && _time.GetUtcNow() is var now && now > at ? now - at : TimeSpan.Zero,
            DeadLetters = _store.DeadLetterCount,
        };
    }

    /// <summary>Delivers until it is cancelled; pauses when there is nothing to do and after failures.</summary>
    /// <param name="report">Is called after every failure and every dead letter.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(Action<ShipperState> report, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            var dead = _store.DeadLetterCount;
            var pause = await ShipAsync(cancellationToken).ConfigureAwait(false);
            if (_state.FailingSince is not null || _store.DeadLetterCount > dead)
            {
                report(ReadState());
            }

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Delivers one page of changes.</summary>
    /// <returns>How long to wait before the next: zero while there is more, a pause when all is delivered or the page failed.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the page is sent again.</exception>
    public async Task<TimeSpan> ShipAsync(CancellationToken cancellationToken)
    {
        if (_store.ReadChanges(_options.RowsPerPageMax) is not { } page)
        {
            return _options.IdlePause;
        }

        var refusals = new List<Refusal>();
        var splits = SplitsMax;
        var failure = await SendAsync(page.Points, refusals).ConfigureAwait(false);
        if (failure is null && refusals.Count > 0 && _store.DeadLetterCount + refusals.Count > _options.DeadLettersMax)
        {
            // More of these would be no safer than the points themselves: stop here, loudly, until someone looks.
            failure = new InfluxAnswer(InfluxVerdict.Later, refusals[0].Status, "too many dead letters: " + refusals[0].Reason, null);
        }

        if (failure is not null)
        {
            return Fail(failure);
        }

        _store.Acknowledge(page, refusals);
        _failuresInRow = 0;
        _linesMax = Math.Min(_options.LinesPerRequestMax, _linesMax + (_linesMax / 8) + 1);
        _state = _state with
        {
            FailingSince = null,
            LastStatus = refusals.Count > 0 ? refusals[0].Status : _state.LastStatus,
            LastError = refusals.Count > 0 ? refusals[0].Reason : _state.LastError,
            NextTryAt = null,
            LastDeliveryAt = page.Points.Count > refusals.Count ? _time.GetUtcNow() : _state.LastDeliveryAt,
            PointsDelivered = _state.PointsDelivered + page.Points.Count - refusals.Count,
        };
        return TimeSpan.Zero;

        // Null: every point is in, or among the refusals. A failure: all of the page is to be sent again.
        async Task<InfluxAnswer?> SendAsync(IReadOnlyList<ChangedPoint> points, List<Refusal> refusals)
        {
            var stack = new Stack<(int From, int To)>();
            stack.Push((0, points.Count));
            while (stack.TryPop(out var part))
            {
                var count = part.To - part.From;
                if (count > _linesMax)
                {
                    Split(stack, part, part.From + _linesMax);
                    continue;
                }

                var answer = await _client.WriteAsync(LinesOf(points, part.From, part.To), cancellationToken).ConfigureAwait(false);
                switch (answer.Verdict)
                {
                    case InfluxVerdict.Accepted:
                        break;
                    case InfluxVerdict.TooLarge when count > 1:
                        _linesMax = Math.Max(1, Math.Min(_linesMax, count) / 2);
                        stack.Push(part);
                        break;
                    case InfluxVerdict.Refused when count > 1 && splits-- > 0:
                        // A partial write took the good lines. Sent once more they change nothing, and the bad one stands alone in the end.
                        Split(stack, part, part.From + (count / 2));
                        break;
                    case InfluxVerdict.Refused:
                    case InfluxVerdict.TooLarge:
                        for (var i = part.From; i < part.To; i++)
                        {
                            refusals.Add(new Refusal(points[i], answer.Status, answer.Reason ?? ""));
                        }

                        break;
                    default:
                        return answer;
                }
            }

            return null;
        }
    }

    private static void Split(Stack<(int From, int To)> stack, (int From, int To) part, int at)
    {
        stack.Push((at, part.To));
        stack.Push((part.From, at));
    }

    private ReadOnlyMemory<byte> LinesOf(IReadOnlyList<ChangedPoint> points, int from, int to)
    {
        var lines = new ArrayBufferWriter<byte>();
        for (var i = from; i < to; i++)
        {
            _ = LineProtocol.TryWrite(points[i], _store.Schema, lines);
        }

        return lines.WrittenMemory;
    }

    private TimeSpan Fail(InfluxAnswer answer)
    {
        var now = _time.GetUtcNow();
        var longest = Math.Min(_options.PauseMax.TotalSeconds, _options.PauseMin.TotalSeconds * Math.Pow(2, Math.Min(_failuresInRow, 30)));
#pragma warning disable CA5394 // Spreads load; guards nothing.
        var pause = TimeSpan.FromSeconds(longest * (0.5 + (_jitter.NextDouble() / 2)));
#pragma warning restore CA5394
        if (answer.RetryAfter is { } asked && asked > pause)
        {
            pause = asked < _options.RetryAfterMax ? asked : _options.RetryAfterMax;
        }

        _failuresInRow++;
        _state = _state with
        {
            FailingSince = _state.FailingSince ?? now,
            LastStatus = answer.Status,
            LastError = answer.Reason,
            NextTryAt = now + pause,
            Failures = _state.Failures + 1,
        };
        return pause;
    }
}
