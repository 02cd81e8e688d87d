using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting.Limits;

/// <summary>How many interactive pages are open, those included whose connection broke and that are kept for a while.</summary>
internal sealed class CircuitCount
{
    private readonly IOptions<ServerLimits> _limits;
    private readonly Dictionary<string, int> _bySession = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Counter<long> _refused;
    private int _all;

    public CircuitCount(IOptions<ServerLimits> limits, IMeterFactory meters)
    {
        var meter = meters.Create("CommandCenter.Limits");
        _limits = limits;
        _ = meter.CreateObservableGauge("circuits.open", () => All, "{page}", "Interactive pages that are open");
        _refused = meter.CreateCounter<long>("circuits.refused", "{page}", "Interactive pages that were refused because there were too many");
    }

    /// <summary>All that are open.</summary>
    public int All
    {
        get
        {
            lock (_lock)
            {
                return _all;
            }
        }
    }

    /// <summary>Whether a session may open one more.</summary>
    /// <param name="session">Its id; <see langword="null"/> for a machine, which is counted with all alone.</param>
    public bool HasRoom(string? session)
    {
        lock (_lock)
        {
            return _all < _limits.Value.CircuitsMax && (session is null || _bySession.GetValueOrDefault(session) < _limits.Value.CircuitsPerSessionMax);
        }
    }

    /// <summary>Counts one more, or says that there is no room.</summary>
    public bool TryOpen(string? session)
    {
        lock (_lock)
        {
            if (!HasRoom(session))
            {
                return false;
            }

            _all++;
            if (session is not null)
            {
                _bySession[session] = _bySession.GetValueOrDefault(session) + 1;
            }

            return true;
        }
    }

    /// <summary>One that was counted is gone.</summary>
    public void Close(string? session)
    {
        lock (_lock)
        {
            _all--;
            if (session is not null && --_bySession[session] == 0)
            {
                _ = _bySession.Remove(session);
            }
        }
    }

    /// <summary>One was refused.</summary>
    public void Refused() => _refused.Add(1);
}
