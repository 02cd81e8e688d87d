using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CommandCenter.Web.Hosting;

/// <summary><c>GET /metrics</c>: our meters in the Prometheus text format 0.0.4.</summary>
/// <remarks>Histograms become <c>_count</c> and <c>_sum</c>. Only meters whose name begins with CommandCenter: the rest is the framework's own.</remarks>
internal sealed class MetricsText : IDisposable
{
    private const string MeterPrefix = "CommandCenter.";
    private const string NamePrefix = "commandcenter_";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), double> _values = new();
    private readonly ConcurrentDictionary<string, (string Kind, string Help)> _heads = new(StringComparer.Ordinal);

    /// <param name="meters">Whose meters these are. Those of partitions are nobody's: they are made before there is a host.</param>
    public MetricsText(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All values now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in _values.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal).ThenBy(pair => pair.Key.Labels, StringComparer.Ordinal)
            .GroupBy(pair => pair.Key.Name, StringComparer.Ordinal))
        {
            if (_heads.TryGetValue(group.Key, out var head))
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"# HELP {group.Key} {head.Help}\n# TYPE {group.Key} {head.Kind}\n");
            }

            foreach (var ((name, labels), value) in group)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = NamePrefix + instrument.Name.Replace('.', '_')[(instrument.Name.StartsWith("commandcenter.", StringComparison.Ordinal) ? NamePrefix.Length : 0)..];
        var labels = Labels(tags);
        var help = instrument.Description ?? instrument.Name;
        if (instrument is Histogram<double> or Histogram<long> or Histogram<int>)
        {
            _ = _heads.TryAdd(name + "_count", ("counter", help));
            _ = _heads.TryAdd(name + "_sum", ("counter", help));
            Add(name + "_count", labels, 1);
            Add(name + "_sum", labels, value);
        }
        else if (instrument is Counter<long> or Counter<int> or Counter<double>)
        {
            _ = _heads.TryAdd(name, ("counter", help));
            Add(name, labels, value);
        }
        else
        {
            _ = _heads.TryAdd(name, (instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter" : "gauge", help));
            _values[(name, labels)] = value;
        }
    }

    private void Add(string name, string labels, double value) => _ = _values.AddOrUpdate((name, labels), value, (_, old) => old + value);

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder("{");
        foreach (var (key, value) in tags)
        {
            var escaped = string.Create(CultureInfo.InvariantCulture, $"{value}")
                .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            _ = text.Append(text.Length > 1 ? "," : "").Append(key.Replace('.', '_')).Append("=\"").Append(escaped).Append('"');
        }

        return text.Append('}').ToString();
    }
}
