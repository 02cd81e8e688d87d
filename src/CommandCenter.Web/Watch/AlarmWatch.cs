using CommandCenter.Domain;
using CommandCenter.Domain.Calendar;
using CommandCenter.TimeSeries;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;
using CommandCenter.Web.Places;
using CommandCenter.Web.Series;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Watch;

/// <summary>预警: reads the sources of alarms once a second and keeps the alarms that stand.</summary>
internal sealed partial class AlarmWatch(
    GrainHost grains, CaseWatch cases, IFigureSource figures, SeriesStore store, SeriesFeeder feeder, InfluxTarget influx, IntakeMetrics intake, IOfficerSource officers,
    WorkingDays calendar, IOptions<WatchOptions> options, TimeProvider time, ILogger<AlarmWatch> logger) : BackgroundService
{
    private const int ConflictMinutes = 10;

    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);
    private static readonly int s_overdue = KpiFields.Schema.IndexOf("overdue");

    // A night without a sample says nothing about yesterday's end.
    private static readonly TimeSpan s_sampleAgeMax = TimeSpan.FromHours(6);

    private readonly AlarmBoard _board = new();
    private readonly Dictionary<string, long> _overdueBefore = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, long Count)> _conflicts = new();
    private DateOnly _overdueDay;
    private volatile AlarmsState _alarms = AlarmsState.None;

    public AlarmsState Alarms => _alarms;

    /// <summary>Reads all sources once.</summary>
    public void Turn()
    {
        var now = time.GetUtcNow();
        var sources = Sources(now);
        var state = _board.Take(AlarmRules.Read(sources, grains.Courts), now) with { IsKnown = sources.Controls.CountedSince is not null };
        _alarms = state.Equals(_alarms) ? _alarms : state;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    Turn();
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.TurnFailed(logger, exception); // What stands stays; the next second reads again.
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private AlarmSources Sources(DateTimeOffset now)
    {
        var today = ShanghaiTime.DayOf(now);
        var latest = figures.Read();
        var isCurrent = cases.LatestFlowAt >= ShanghaiTime.StartOf(calendar.Before(today));
        RememberOverdue(latest, today, isCurrent);
        var shipper = influx.Shipper?.ReadState();
        var opens = ShanghaiTime.StartOf(today) + cases.Hours.From.ToTimeSpan();
        var closes = ShanghaiTime.StartOf(today) + cases.Hours.To.ToTimeSpan();
        return new AlarmSources(
            now, latest, cases.Controls, cases.Activity, isCurrent, calendar.IsWorkingDay(today) && now >= opens && now < closes, opens, options.Value.SilentAfter,
            _overdueBefore, RecentConflicts(now), feeder.State, shipper?.FailingSince, shipper?.DeadLetters ?? 0, officers.Read().Officers);
    }

    /// <summary>Overdue cases at the end of yesterday: the last sample of the time series, or else what is seen first today.</summary>
    private void RememberOverdue(CityFigures latest, DateOnly today, bool isCurrent)
    {
        if (today != _overdueDay)
        {
            _overdueDay = today;
            _overdueBefore.Clear();
            var start = ShanghaiTime.StartOf(today);
            foreach (var court in grains.Courts.Courts)
            {
                var scope = court.Scope.Count > 1 ? court.Mark + KpiScopes.OwnSuffix : court.Mark;
                var samples = store.Read(SeriesStep.FiveMinutes, scope, (start - s_sampleAgeMax).ToUnixTimeSeconds(), start.ToUnixTimeSeconds());
                if (samples.Select(static point => point.Values[s_overdue]).LastOrDefault(static value => value is not null) is { } value)
                {
                    _overdueBefore[court.Mark] = value;
                }
            }
        }

        foreach (var court in latest.Courts)
        {
            if (isCurrent && court.Overdue is { } overdue)
            {
                _ = _overdueBefore.TryAdd(court.Mark, overdue);
            }
        }
    }

    private long RecentConflicts(DateTimeOffset now)
    {
        var count = intake.IdConflicts;
        if (_conflicts.Count == 0 || now - _conflicts.Last().At >= TimeSpan.FromMinutes(1))
        {
            _conflicts.Enqueue((now, count));
        }

        while (_conflicts.Count > 1 && now - _conflicts.Peek().At > TimeSpan.FromMinutes(ConflictMinutes))
        {
            _ = _conflicts.Dequeue();
        }

        return count - _conflicts.Peek().Count;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The sources of alarms could not be read; alarms stay as they were")]
        public static partial void TurnFailed(ILogger logger, Exception exception);
    }
}
