using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;
using CommandCenter.TimeSeries;

namespace CommandCenter.Web.Series;

/// <summary>The fields of every point of the time series. Stored by place and by name, for ever: append only.</summary>
/// <remarks>
/// Flows count what happened in the window and are absent from a window in which nothing did. Pending and terminal are the stock at the window's
/// end, exact for the past too. The last three are samples: what nobody sampled is unknown, not zero.
/// </remarks>
internal static class KpiFields
{
    public static readonly SeriesSchema Schema = new(
    [
        new("received", FieldKind.Flow),
        new("closed", FieldKind.Flow),
        .. Enum.GetValues<CloseWay>().Select(static way => new SeriesField("closed_" + way.Code().ToLowerInvariant(), FieldKind.Flow)),
        new("pending", FieldKind.Level),
        new("terminal", FieldKind.Level),
        new("funds_in_fen", FieldKind.Flow),
        new("funds_out_fen", FieldKind.Flow),
        new("transferred_in", FieldKind.Flow),
        new("transferred_out", FieldKind.Flow),
        new("revoked", FieldKind.Flow),
        new("petitions_received", FieldKind.Flow),
        new("petitions_answered", FieldKind.Flow),
        new("irregular", FieldKind.Flow),
        new("overdue", FieldKind.Level),
        new("controls_lapsing", FieldKind.Level),
        new("officers_on_duty", FieldKind.Level),
    ]);

    private static readonly int s_closedBy = Schema.IndexOf("closed_wb");
    private static readonly int s_pending = Schema.IndexOf("pending");
    private static readonly int s_overdue = Schema.IndexOf("overdue");
    private static readonly int s_lapsing = Schema.IndexOf("controls_lapsing");
    private static readonly int s_onDuty = Schema.IndexOf("officers_on_duty");

    /// <summary>The values of a window in which something happened.</summary>
    /// <param name="window">What happened.</param>
    /// <param name="pending">The stock at its end.</param>
    /// <param name="terminal">The terminal stock at its end.</param>
    public static long?[] Of(Caseload window, long pending, long terminal)
    {
        var values = new long?[Schema.Count];
        values[0] = window.Received;
        values[1] = window.Closed;
        foreach (var way in Enum.GetValues<CloseWay>())
        {
            values[s_closedBy + (int)way] = window.ClosedByWay(way);
        }

        long[] rest =
        [
            pending, terminal, window.FundsInFen, window.FundsOutFen, window.TransferredIn, window.TransferredOut, window.Revoked,
            window.PetitionsReceived, window.PetitionsAnswered, window.Irregular,
        ];
        for (var i = 0; i < rest.Length; i++)
        {
            values[s_pending + i] = rest[i];
        }

        return values;
    }

    /// <summary>Lays samples over the values of a window.</summary>
    public static void Put(long?[] values, KpiSample sample)
    {
        values[s_overdue] = sample.Overdue;
        values[s_lapsing] = sample.ControlsLapsing;
        values[s_onDuty] = sample.OfficersOnDuty;
    }
}

/// <summary>What can be counted only now. <see langword="null"/> is unknown.</summary>
/// <param name="Overdue">Cases open beyond their limit.</param>
/// <param name="ControlsLapsing">Controls that lapse soon.</param>
/// <param name="OfficersOnDuty">Officers known to be on duty.</param>
internal readonly record struct KpiSample(long? Overdue, long? ControlsLapsing, long? OfficersOnDuty)
{
    /// <summary>Of some courts together. A count of cases is known when it is known of every court; officers count where any is known.</summary>
    public static KpiSample Sum(IReadOnlyCollection<KpiSample> parts) => new(
        parts.All(static part => part.Overdue is not null) ? parts.Sum(static part => part.Overdue) : null,
        parts.All(static part => part.ControlsLapsing is not null) ? parts.Sum(static part => part.ControlsLapsing) : null,
        parts.Any(static part => part.OfficersOnDuty is not null) ? parts.Sum(static part => part.OfficersOnDuty ?? 0) : null);
}
