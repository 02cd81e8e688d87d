using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Recount;

/// <summary>The one place that knows which column of the rollups holds which counted figure, and what the API calls it.</summary>
internal static class CellTable
{
    private static readonly string[] s_classes = ["执", "执恢", "执保", "other"];

    private static readonly (string Name, int Figure, int Column)[] s_rows =
    [
        .. ByClass("received", Counted.Received, Flows.Received),
        .. ByClass("closed", Counted.Closed, Flows.Closed),
        .. ByClass("revoked", Counted.Revoked, Flows.Revoked),
        .. ByClass("transferredIn", Counted.TransferredIn, Flows.TransferredIn),
        .. ByClass("transferredOut", Counted.TransferredOut, Flows.TransferredOut),
        .. ByWay("closedBy", Counted.ClosedBy, Flows.ClosedBy),
        .. ByWay("revokedBy", Counted.RevokedBy, Flows.RevokedBy),
        ("reinstated", (int)Counted.Reinstated, Flows.Reinstated),
        ("fundsIn", (int)Counted.FundsIn, Flows.FundsIn),
        ("fundsInReversed", (int)Counted.FundsInReversed, Flows.FundsInReversed),
        ("fundsOut", (int)Counted.FundsOut, Flows.FundsOut),
        ("fundsOutReversed", (int)Counted.FundsOutReversed, Flows.FundsOutReversed),
        ("petitionsReceived", (int)Counted.PetitionsReceived, Flows.PetitionsReceived),
        ("petitionsAnswered", (int)Counted.PetitionsAnswered, Flows.PetitionsAnswered),
        ("irregular", (int)Counted.Irregular, Flows.Irregular),
    ];

    private static readonly string[] s_names = [.. s_rows.OrderBy(static row => row.Figure).Select(static row => row.Name)];
    private static readonly int[] s_figures = [.. s_rows.OrderBy(static row => row.Column).Select(static row => row.Figure)];

    /// <summary>What the API calls a figure.</summary>
    public static string NameOf(int figure) => s_names[figure];

    /// <summary>What the API calls a stock.</summary>
    public static string NameOf(CountedStock stock) => stock switch
    {
        CountedStock.Terminal => "terminalStock",
        CountedStock.Overdue => "overdue",
        CountedStock.ControlsLapsed => "controlsLapsed",
        >= CountedStock.ControlsWithin and < CountedStock.OfficersOnDuty => $"controlsWithin.{ControlsState.Days[stock - CountedStock.ControlsWithin]}",
        CountedStock.OfficersOnDuty => "officersOnDuty",
        _ => "pending." + s_classes[(int)stock],
    };

    /// <summary>What the API calls a figure of a node or of a handler: <c>standing.17</c>, <c>handlerPending.NAME</c>.</summary>
    public static string NameOf(PartKey part) => $"{NameOf(part.Figure)}.{part.Of}";

    /// <summary>The same without the node or the handler.</summary>
    public static string NameOf(CountedPart figure) => figure switch
    {
        CountedPart.Standing => "standing",
        CountedPart.StandingOverdue => "standingOverdue",
        _ => "handler" + figure,
    };

    /// <summary>The counted figure of a column of the rollups.</summary>
    public static int FigureOf(int column) => s_figures[column];

    /// <summary>When a window or a day begins.</summary>
    public static DateTimeOffset StartOf(int key, bool days) => days
        ? ShanghaiTime.StartOf(new DateOnly(1970, 1, 1).AddDays(key))
        : ShanghaiTime.StartOfWindow(key);

    private static IEnumerable<(string, int, int)> ByClass(string name, Counted first, int column) =>
        s_classes.Select((mark, i) => ($"{name}.{mark}", (int)first + i, column + i));

    private static IEnumerable<(string, int, int)> ByWay(string name, Counted first, int column) =>
        Enum.GetValues<CloseWay>().Select(way => ($"{name}.{way.Code()}", (int)first + (int)way, column + (int)way));
}
