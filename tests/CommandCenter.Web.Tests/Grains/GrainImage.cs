using System.Globalization;
using System.Text;
using CommandCenter.Domain.Indicators;
using CommandCenter.Testing.Cases;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Tests.Grains;

/// <summary>All that a partition's grains hold, as text: two images are equal when nobody could tell the partitions apart.</summary>
/// <remarks>Whether a state lies in memory or in the passive store is left out: it may differ and must not show.</remarks>
internal static class GrainImage
{
    public static string Of(GrainModel model, GrainHost host)
    {
        var text = new StringBuilder();
        Add(text, $"position {model.Position} latest {model.LatestAt:O} recorded {model.RecordedAt:O} ids {model.Ids.Count}");
        foreach (var grain in model.Courts)
        {
            Add(text, $"court {grain.Court} stock {grain.Stock} fault {grain.Check()}");
            AddSeries(text, "window", grain.Windows);
            AddSeries(text, "day", grain.Days);
            foreach (var (year, node) in grain.Passed.Years.SelectMany(static year => Enumerable.Range(1, 63).Select(node => (year, node))))
            {
                Add(text, $"passed {year} {node}: {string.Join(',', StepsOf(grain.Passed, year, node))}");
            }
        }

        var rows = Enumerable.Range(0, model.Cases.Count).Select(place => RowOf(model, host, place)).Order(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            Add(text, $"{row}");
        }

        foreach (var message in model.Outbox)
        {
            Add(text, $"outbox {StateText.Of(message)} {StateText.Of(message.Command)}");
        }

        foreach (var officer in model.Officers.Select(StateText.Of).Order(StringComparer.Ordinal))
        {
            Add(text, $"officer {officer}");
        }

        return text.ToString();
    }

    private static string RowOf(GrainModel model, GrainHost host, int place)
    {
        ref readonly var row = ref model.Cases[place];
        var item = CaseFinder.ItemOf(model, in row, host.Courts, host.Nodes, model.LatestAt);
        return $"row {StateText.Of(item)} formerly {string.Join('、', model.Cases.FormerNamesAt(in row))} status {row.StatusAt} latest {row.LatestAt} stood {(row.IsPending ? row.StoodSince : 0)} last {row.Last} terminal {row.IsTerminalStock} state {StateText.Of(model.Look(row.Number)!)}";
    }

    private static List<string> StepsOf(NodeTimes times, int year, int node)
    {
        var steps = new List<string>();
        var counts = times.Of(year, node);
        for (var step = 0; step < counts.Length; step++)
        {
            if (counts[step] > 0)
            {
                steps.Add($"{step}×{counts[step]}");
            }
        }

        return steps;
    }

    private static void AddSeries(StringBuilder text, string name, WindowSeries series)
    {
        for (var i = 0; i < series.Count; i++)
        {
            var sums = new long[Flows.ColumnCount];
            series.AddTo(i, sums);
            Add(text, $"{name} {series.Windows[i]}: {string.Join(',', sums)}");
        }
    }

    private static void Add(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
