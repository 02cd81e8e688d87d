namespace CommandCenter.Web.Watch;

/// <summary>Raises alarms and clears them. One thread at a time.</summary>
/// <remarks>
/// Nothing flaps: a sign may have to hold for a while before it raises, one below its threshold keeps an alarm without raising one, and an
/// alarm stays for a while after its last sign.
/// </remarks>
internal sealed class AlarmBoard
{
    /// <summary>More alarms than this are counted, not kept apart.</summary>
    public const int AlarmsMax = 200;

    /// <summary>How long an alarm stays after its last sign.</summary>
    public static readonly TimeSpan ClearedAfter = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, DateTimeOffset> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Alarm Alarm, DateTimeOffset SeenAt)> _raised = new(StringComparer.Ordinal);

    /// <summary>Takes what is seen now.</summary>
    /// <param name="signs">All signs; a key that comes twice counts once.</param>
    /// <param name="now">The time.</param>
    public AlarmsState Take(IEnumerable<AlarmSign> signs, DateTimeOffset now)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sign in signs)
        {
            if (seen.Add(sign.Key))
            {
                Take(sign, now);
            }
        }

        foreach (var key in _pending.Keys.Where(key => !seen.Contains(key)).ToArray())
        {
            _ = _pending.Remove(key);
        }

        foreach (var (key, (_, seenAt)) in _raised.ToArray())
        {
            if (now - seenAt >= ClearedAfter)
            {
                _ = _raised.Remove(key);
            }
        }

        Alarm[] all = [.. _raised.OrderBy(static one => one.Value.Alarm.Tier).ThenByDescending(static one => one.Value.Alarm.Since)
            .ThenBy(static one => one.Key, StringComparer.Ordinal).Select(static one => one.Value.Alarm)];
        return new AlarmsState([.. all.Take(AlarmsMax)], Math.Max(0, all.Length - AlarmsMax));
    }

    private void Take(AlarmSign sign, DateTimeOffset now)
    {
        if (_raised.TryGetValue(sign.Key, out var raised))
        {
            _raised[sign.Key] = (raised.Alarm with { Courts = sign.Courts, Facts = sign.Facts }, now);
            return;
        }

        if (!sign.IsRaising)
        {
            _ = _pending.Remove(sign.Key);
            return;
        }

        _ = _pending.TryAdd(sign.Key, now);
        if (now - _pending[sign.Key] >= sign.After)
        {
            _ = _pending.Remove(sign.Key);
            _raised[sign.Key] = (new Alarm(sign.Code, AlarmCodes.Tiers[sign.Code], now, sign.Courts, sign.Facts), now);
        }
    }
}
