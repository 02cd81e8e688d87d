using System.Diagnostics.Metrics;
using CommandCenter.Cameras.Gb28181;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>The GB/T 28181 server in <c>/metrics</c>, as <c>commandcenter_gb28181_…</c>.</summary>
internal static class GbMetrics
{
    /// <summary>Shows them.</summary>
    /// <param name="meters">Whose meters these are.</param>
    /// <param name="counters">What the server counted; <see langword="null"/> while there is none.</param>
    /// <param name="online">Devices online.</param>
    /// <param name="sessions">Streams that run.</param>
    /// <param name="reports">What became of positions.</param>
    public static void Publish(IMeterFactory meters, Func<GbCounters?> counters, Func<int> online, Func<int> sessions, GbReports reports)
    {
        var meter = meters.Create("CommandCenter.Gb28181");
        Count("registered", "{registration}", "Registrations granted, renewals included", static read => read.Registered);
        Count("refused", "{request}", "Registrations refused with a password, and messages of the unregistered", static read => read.Refused);
        Count("messages", "{message}", "SIP messages read", static read => read.Messages);
        Count("repeated", "{message}", "Requests answered from memory", static read => read.Repeated);
        Count("malformed", "{message}", "What could not be read or was out of range", static read => read.Malformed);
        Count("packets", "{packet}", "RTP packets taken", static read => read.Packets);
        Count("strangers", "{packet}", "RTP packets with another SSRC or from elsewhere", static read => read.Strangers);
        Count("lost", "{packet}", "RTP packets that never came", static read => read.Lost);
        Count("reordered", "{packet}", "RTP packets that came late and in time", static read => read.Reordered);
        Count("pictures", "{picture}", "Pictures handed on", static read => read.Units);
        Count("dropped", "{picture}", "Pictures dropped for a loss", static read => read.Dropped);
        _ = meter.CreateObservableGauge("gb28181.devices_online", online, "{device}", "Devices online");
        _ = meter.CreateObservableGauge("gb28181.sessions", sessions, "{session}", "Streams that run");
        _ = meter.CreateObservableCounter(
            "gb28181.positions",
            () =>
            {
                var (taken, thinned, strange, dropped, refused) = reports.Counts;
                return new[] { Of("accepted", taken), Of("thinned", thinned), Of("strange", strange), Of("dropped", dropped), Of("refused", refused) };
            },
            "{position}",
            "Positions of devices by what became of them");

        void Count(string name, string unit, string what, Func<GbCounters, long> read) =>
            _ = meter.CreateObservableCounter("gb28181." + name, () => counters() is { } now ? read(now) : 0, unit, what);

        static Measurement<long> Of(string outcome, long value) => new(value, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
