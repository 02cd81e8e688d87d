using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Intake;

/// <summary>Counts what comes in.</summary>
internal sealed class IntakeMetrics
{
    public const string MeterName = "CommandCenter.Intake";

    private const string IdConflict = "event.id-conflict";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _pushedBack;
    private long _idConflicts;

    public IntakeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _accepted = meter.CreateCounter<long>("intake.accepted", "{event}", "Events accepted durably");
        _duplicates = meter.CreateCounter<long>("intake.duplicates", "{event}", "Events that counted before");
        _rejected = meter.CreateCounter<long>("intake.rejected", "{event}", "Lines refused, by code");
        _pushedBack = meter.CreateCounter<long>("intake.pushed_back", "{request}", "Requests answered 429");
    }

    /// <summary>Lines refused since the start because their id had come with another content.</summary>
    public long IdConflicts => Interlocked.Read(ref _idConflicts);

    public void Answered(IntakeAnswer answer)
    {
        _accepted.Add(answer.Accepted);
        _duplicates.Add(answer.Duplicates);
        foreach (var line in answer.Rejected)
        {
            _rejected.Add(1, new KeyValuePair<string, object?>("code", line.Code));
            if (line.Code == IdConflict)
            {
                _ = Interlocked.Increment(ref _idConflicts);
            }
        }
    }

    public void PushedBack() => _pushedBack.Add(1);
}
