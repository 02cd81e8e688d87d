using System.Collections.Frozen;
using CommandCenter.Web.Places;
using System.Text.Json;
using CommandCenter.Web.Watch;
using CommandCenter.Web.Wall.Directing;

namespace CommandCenter.Web.Wall.Panels;

/// <summary>One kind of panel that a scene may place.</summary>
/// <param name="Name">Its name in wall files, of its script <c>js/panels/{name}.js</c> and of its style <c>css/panels/{name}.css</c>.</param>
/// <param name="Component">What draws it first.</param>
/// <param name="Parts">The parts of the figures that repaint it.</param>
/// <param name="WidthMin">Design pixels that its text needs at scale 1.</param>
/// <param name="HeightMin">Design pixels that its text needs at scale 1.</param>
internal sealed record PanelKind(string Name, Type Component, IReadOnlyList<string> Parts, int WidthMin, int HeightMin)
{
    /// <summary>Whether its script draws with ECharts, which is large: a page without such a panel does not load it.</summary>
    public bool HasChart { get; init; }

    /// <summary>What it can be told in a wall file.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What is wrong with the values of its options, ready to read; <see langword="null"/> when nothing is.</summary>
    public Func<IReadOnlyDictionary<string, JsonElement>, string?> Check { get; init; } = static _ => null;
}

/// <summary>All kinds of panels: the one place where a new kind is added.</summary>
internal static class PanelKinds
{
    private static readonly FrozenDictionary<string, PanelKind> s_kinds = new PanelKind[]
    {
        new("caseload", typeof(CaseloadPanel), [CityPart.PartName], 1_400, 470),
        new("stocks", typeof(StocksPanel), [CityPart.PartName], 800, 70),
        new("indicators", typeof(IndicatorsPanel), [CityPart.PartName], 520, 250),
        new("funds", typeof(FundsPanel), [FundsPart.PartName, FundsNowPart.PartName, CityPart.PartName], 700, 200) { HasChart = true },
        new("courts", typeof(CourtsPanel), [CityPart.PartName, TrendPart.PartName], 880, 380),
        new("map", typeof(MapPanel), [DistrictsPart.PartName, OfficersPart.PartName], 1_240, 460) { Options = ["figure"], Check = PlaceOptions.CheckMap },
        new("officers", typeof(OfficersPanel), [OfficersPart.PartName], 1_200, 360) { Options = ["columns", "rows"], Check = PlaceOptions.CheckOfficers },
        new("controls", typeof(ControlsPanel), [ControlsPart.PartName, CityPart.PartName], 800, 240) { Options = ["controlDays"], Check = WatchPanelOptions.CheckControls },
        new("alarms", typeof(AlarmsPanel), [AlarmsPart.PartName], 800, 150),
        new("waiting", typeof(WaitingPanel), [WaitingPart.PartName], 860, 190),
        new("rollcall", typeof(RollCallPanel), [RollCallPart.PartName, CityPart.PartName], 880, 166) { Options = ["rollCallAt"], Check = WatchPanelOptions.CheckRollCall },
        new("pinned", typeof(PinnedPanel), [PinnedPart.PartName], 900, 420),
    }.ToFrozenDictionary(static kind => kind.Name, StringComparer.Ordinal);

    /// <summary>All names, for messages and tests.</summary>
    public static IEnumerable<string> Names => s_kinds.Keys.Order(StringComparer.Ordinal);

    public static PanelKind? Find(string name) => s_kinds.GetValueOrDefault(name);
}
