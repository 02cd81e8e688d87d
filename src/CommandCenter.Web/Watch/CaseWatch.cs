using System.Runtime.CompilerServices;
using CommandCenter.Domain;
using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Watch;

/// <summary>
/// 值守: looks at the cases and officers of all partitions, some of the cases each turn, and keeps what the lists of the wall show: controls that
/// lapse, money that waits, who is here. Readers take the latest immutable value; how many read costs nothing.
/// </summary>
internal sealed partial class CaseWatch : BackgroundService
{
    private const int PauseDayCount = 5;

    // Dates of receipts are looked up beside the writer, at a pace that leaves the machine to the events.
    private const int RecordsPerTurnMax = 2_000;
    private static readonly TimeSpan s_searchMax = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_passPace = TimeSpan.FromSeconds(10);

    private readonly GrainHost _grains;
    private readonly WorkingDays _calendar;
    private readonly TimeProvider _time;
    private readonly ILogger<CaseWatch> _logger;
    private readonly IHostApplicationLifetime? _host;
    private readonly (TimeOnly From, TimeOnly To) _hours;
    private readonly RollCallBook _roll;
    private readonly PartitionWatch[] _parts;
    private readonly ReceiptDates _dates;
    private readonly CourtPresence?[] _present;
    private readonly CourtControls?[] _controlsOf;
    private readonly DateTimeOffset _startedAt;
    private volatile ControlsState _controls;
    private volatile WaitingState _waiting = WaitingState.None;
    private volatile RollCallState _rollCall;
    private volatile IReadOnlyDictionary<CaseNumber, WaitingItem> _waitingByCase = new Dictionary<CaseNumber, WaitingItem>();
    private volatile CourtActivity?[] _activity;
    private volatile StrongBox<DateTimeOffset>? _latestFlow;
    private DateOnly _waitingDay;
    private bool _isWaitingStale;
    private bool _isSearchFailing;

    public CaseWatch(GrainHost grains, WorkingDays calendar, IOptions<WatchOptions> options, TimeProvider time, ILogger<CaseWatch> logger, IHostApplicationLifetime? host = null)
    {
        _grains = grains;
        _calendar = calendar;
        _time = time;
        _logger = logger;
        _host = host;
        _hours = options.Value.Hours()!.Value;
        _startedAt = time.GetUtcNow();
        _roll = new RollCallBook(grains.Courts.Courts.Count, options.Value.RollCalls()!, calendar);
        _parts = [.. Enumerable.Range(0, grains.PartitionCount).Select(static _ => new PartitionWatch())];
        _dates = new ReceiptDates(grains);
        _present = new CourtPresence?[grains.Courts.Courts.Count];
        _controlsOf = new CourtControls?[_present.Length];
        _activity = new CourtActivity?[_present.Length];
        _controls = new ControlsState(ShanghaiTime.DayOf(_startedAt), null, [], []);
        _rollCall = RollCallAt(_startedAt);
    }

    public ControlsState Controls => _controls;

    public WaitingState Waiting => _waiting;

    /// <summary>The cases whose waiting money has a date. Never changed once given out.</summary>
    public IReadOnlyDictionary<CaseNumber, WaitingItem> WaitingByCase => _waitingByCase;

    public RollCallState RollCall => _rollCall;

    /// <summary>By court index; <see langword="null"/> while a court's partition has not answered or is stopped.</summary>
    public IReadOnlyList<CourtActivity?> Activity => _activity;

    /// <summary>The latest window in which a figure of any court moved; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? LatestFlowAt => _latestFlow?.Value;

    /// <summary>The working hours, Asia/Shanghai.</summary>
    public (TimeOnly From, TimeOnly To) Hours => _hours;

    /// <summary>The controls of a court's open cases; <see langword="null"/> until its partition has answered once.</summary>
    public CourtControls? ControlsOf(int court) => Volatile.Read(ref _controlsOf[court]);

    /// <summary>Looks once at every partition.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var today = ShanghaiTime.DayOf(now);
        var call = _roll.Latest(now);
        await Task.WhenAll(Enumerable.Range(0, _parts.Length).Select(partition => LookAsync(partition, now, today, call, cancellationToken)));
        TakeCourts(now, call);
        Search();
        PublishControls(today);
        PublishWaiting(today);
        var rollCall = RollCallAt(now);
        _rollCall = rollCall.Equals(_rollCall) ? _rollCall : rollCall;
    }

    public override void Dispose()
    {
        base.Dispose();
        _dates.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, _time);
        try
        {
            await _host.WhenListeningAsync(stoppingToken);
            do
            {
                try
                {
                    await TurnAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.TurnFailed(_logger, exception); // The lists stay as they were, with the time at which they were counted.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private async Task LookAsync(int partition, DateTimeOffset now, DateOnly today, DateTimeOffset? call, CancellationToken cancellationToken)
    {
        var part = _parts[partition];
        var sweep = part.Sweep;
        var isPassDue = sweep.Next > 0 || sweep.Known is null || now - sweep.Known.Since >= s_passPace;
        if (isPassDue)
        {
            sweep.Begin(now, today);
        }

        GrainModel? seen = null;
        _ = part.Model?.TryGetTarget(out seen);
        DateOnly[] pauseDays = part.PausesOf == today ? [] : DaysBefore(today);
        var question = new PartitionQuestion(
            now, isPassDue, sweep.Next, sweep.Day, today.DayNumber - _calendar.Before(today).DayNumber, call, pauseDays, _hours);
        try
        {
            var look = await _grains.AskAsync(partition, model => PartitionLook.Read(model, _grains, seen, question), cancellationToken);
            if (part.Model is not null && !ReferenceEquals(seen, look.Model))
            {
                sweep.Restart();
                sweep.Begin(now, today);
            }

            if (look.Cases is not null)
            {
                sweep.Take(look.Cases);
                part.IsCounted |= sweep.Next == 0;
            }

            if (pauseDays.Length > 0)
            {
                part.PausesOf = today;
                part.Pauses = look.Courts.ToDictionary(static court => court.Court, static court => court.LongestPause);
            }

            part.IsAnother = part.Model is null || !ReferenceEquals(seen, look.Model);
            part.Model = part.IsAnother ? new WeakReference<GrainModel>(look.Model) : part.Model;
            part.Courts = look.Courts;
        }
        catch (PartitionUnavailableException)
        {
            part.Courts = []; // It has its own alarm. What was counted stays, with its time.
        }
    }

    private DateOnly[] DaysBefore(DateOnly today)
    {
        var days = new DateOnly[PauseDayCount];
        var day = today;
        for (var i = 0; i < days.Length; i++)
        {
            days[i] = day = _calendar.Before(day);
        }

        return days;
    }

    private void TakeCourts(DateTimeOffset now, DateTimeOffset? call)
    {
        var activity = new CourtActivity?[_present.Length];
        foreach (var part in _parts)
        {
            foreach (var court in part.Courts)
            {
                Volatile.Write(ref _controlsOf[court.Court], court.Controls);
                _present[court.Court] = new CourtPresence(court.Duty.Officers, court.Duty.OnDuty, court.Duty.Located);
                if (call is { } at)
                {
                    _roll.Take(at, court.Court, court.Duty, now);
                }

                activity[court.Court] = new CourtActivity(HeardAt(part, court, now), part.Pauses.GetValueOrDefault(court.Court));
            }
        }

        _activity = activity;
        _latestFlow = _parts.SelectMany(static part => part.Courts).Max(static court => court.LastFlowAt) is { } latest
            ? new StrongBox<DateTimeOffset>(latest)
            : _latestFlow;
    }

    // A version that rose is an event that came, whatever its own date. Before the first look there is only the window of the last figure.
    private DateTimeOffset HeardAt(PartitionWatch part, CourtLook court, DateTimeOffset now)
    {
        var before = part.Heard.GetValueOrDefault(court.Court);
        var isNew = !part.IsAnother && before.At != default && before.Version != court.Version;
        var at = isNew ? now : Later(before.At, Later(_startedAt, court.LastFlowAt ?? default));
        part.Heard[court.Court] = (court.Version, at);
        return at;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private void Search()
    {
        var started = _time.GetTimestamp();
        var left = RecordsPerTurnMax;
        try
        {
            foreach (var one in _parts.SelectMany(static part => part.Sweep.Undated))
            {
                if (left <= 0 || _time.GetElapsedTime(started) > s_searchMax)
                {
                    break;
                }

                left -= _dates.Search(one, left);
            }

            _isSearchFailing = false;
        }
        catch (IOException exception)
        {
            if (!_isSearchFailing)
            {
                Log.SearchFailed(_logger, exception); // Once, not every second: their amounts stand there without an age until it works again.
            }

            _isSearchFailing = true;
        }

        _isWaitingStale |= left < RecordsPerTurnMax;
    }

    private void PublishControls(DateOnly today)
    {
        if (CountedSince() is not { } since)
        {
            return; // Every partition has answered by the time all cases were looked at.
        }

        var state = new ControlsState(
            today,
            since,
            [.. _controlsOf.OfType<CourtControls>()],
            [.. CaseLook.First(_parts.SelectMany(static part => part.Sweep.Known!.Lapsing).Where(one => one.Until >= today))]);
        _controls = state.Equals(_controls) ? _controls : state;
    }

    private void PublishWaiting(DateOnly today)
    {
        if (CountedSince() is not { } since)
        {
            return;
        }

        if (!_isWaitingStale && today == _waitingDay && !Array.Exists(_parts, static part => part.IsCounted))
        {
            return;
        }

        _isWaitingStale = false;
        _waitingDay = today;
        Array.ForEach(_parts, static part => part.IsCounted = false);
        var dated = new Dictionary<CaseNumber, WaitingItem>();
        var state = WaitingCount.Of(_parts.Select(static part => part.Sweep.Known!), since, today, dated);
        _waitingByCase = dated;
        _waiting = state.Equals(_waiting) ? _waiting : state;
    }

    /// <summary>To the minute: nobody reads more off a wall, and a count that says the same need not travel.</summary>
    private DateTimeOffset? CountedSince()
    {
        if (!Array.TrueForAll(_parts, static part => part.Sweep.Known is not null))
        {
            return null;
        }

        var since = _parts.Min(static part => part.Sweep.Known!.Since);
        return since.AddTicks(-(since.Ticks % TimeSpan.TicksPerMinute));
    }

    private RollCallState RollCallAt(DateTimeOffset now)
    {
        var today = ShanghaiTime.DayOf(now);
        return new RollCallState([.. _present], _roll.Calls(now), _roll.Next(now), _calendar.IsWorkingDay(today), _calendar.Knows(today.Year));
    }

    /// <summary>What is kept of one partition.</summary>
    private sealed class PartitionWatch
    {
        public CaseSweep Sweep { get; } = new();

        // Weakly: a stopped partition lets go of its model, which may be most of the memory.
        public WeakReference<GrainModel>? Model { get; set; }

        public bool IsAnother { get; set; }

        public bool IsCounted { get; set; }

        public IReadOnlyList<CourtLook> Courts { get; set; } = [];

        public DateOnly PausesOf { get; set; }

        public IReadOnlyDictionary<int, TimeSpan?> Pauses { get; set; } = new Dictionary<int, TimeSpan?>();

        public Dictionary<int, (long Version, DateTimeOffset At)> Heard { get; } = [];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The lists of the wall could not be counted; they stay as they were and say of when they are")]
        public static partial void TurnFailed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The dates of receipts cannot be read; the wall shows those amounts without an age until they can be")]
        public static partial void SearchFailed(ILogger logger, Exception exception);
    }
}
