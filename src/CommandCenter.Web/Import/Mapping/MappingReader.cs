using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>Reads and checks a mapping file, <c>wallboard-config/imports/NAME.json</c>.</summary>
internal sealed class MappingReader
{
    /// <summary>The data fields of our event types that an import can make; another name would be refused row by row.</summary>
    private static readonly FrozenDictionary<string, string[]> s_dataByType = new Dictionary<string, string[]>
    {
        ["case.filed"] = ["kind", "cause", "claimFen", "basis", "applicants", "debtors", "parent"],
        ["case.assigned"] = ["handler"],
        ["case.node"] = ["node", "occurrence", "phase"],
        ["case.claimChanged"] = ["claimFen"],
        ["party.renamed"] = ["was", "now"],
        ["case.suspended"] = ["ground"],
        ["case.resumed"] = ["ground"],
        ["case.closed"] = ["way"],
        ["case.closingRevoked"] = ["reason"],
        ["case.transferred"] = ["toCourt"],
        ["funds.received"] = ["amountFen", "serial", "payer"],
        ["funds.disbursed"] = ["amountFen", "serial", "payee"],
        ["funds.reversed"] = ["amountFen", "serial", "of"],
        ["petition.received"] = ["petitionId"],
        ["petition.answered"] = ["petitionId"],
    }.ToFrozenDictionary();

    private readonly ColumnSet _columns = new();
    private readonly List<string> _values = [];
    private readonly List<string> _countedNodes = [];
    private readonly Dictionary<string, FenSum> _sums = new(StringComparer.Ordinal);

    private MappingReader()
    {
    }

    /// <summary>Reads the mapping NAME of a configuration directory.</summary>
    /// <exception cref="ImportInputException">There is none, or it is wrong; the message names file and place.</exception>
    public static ImportMapping Read(string configDirectory, string name)
    {
        var directory = Path.Combine(configDirectory, "imports");
        var file = Path.Combine(directory, name + ".json");
        if (name.AsSpan().ContainsAny('/', '\\') || !File.Exists(file))
        {
            var files = Directory.Exists(directory) ? Directory.GetFiles(directory, "*.json") : [];
            var known = files.Select(path => Path.GetFileNameWithoutExtension(path))
                .Where(map => map != "import.schema").Order(StringComparer.Ordinal);
            throw new ImportInputException($"There is no map '{name}' in {directory}. Known: {string.Join(", ", known)}.");
        }

        return Parse(File.ReadAllBytes(file), file, name);
    }

    /// <exception cref="ImportInputException">The mapping is wrong; the message names file and place.</exception>
    public static ImportMapping Parse(byte[] utf8, string file, string name) =>
        new MappingReader().Compile(StrictJson.Parse(utf8, file), Convert.ToHexStringLower(SHA256.HashData(utf8)), name);

    private ImportMapping Compile(StrictJson root, string sha256, string name)
    {
        root.Only("$schema", "name", "about", "input", "courts", "number", "by", "values", "sums", "activities", "ignore", "closeWhen");
        var nameNode = root.Get("name");
        if (nameNode.Text() != name)
        {
            throw nameNode.Fault($"must be '{name}', like the file");
        }

        var input = ReadInput(root.Get("input"));
        var courts = root.Get("courts").Items().Select(court => court.Text()).ToArray();
        if (courts.Length == 0 || courts.Distinct().Count() != courts.Length)
        {
            throw root.Get("courts").Fault("must name at least one court, and none twice");
        }

        var number = ReadTemplate(root.Get("number"));
        var by = ReadText("by", root.Get("by"), lengthMax: 64);
        ReadValues(root);
        var (close, closingActivities) = ReadCloseRule(root);
        var activities = new Dictionary<string, ActivityRule>(StringComparer.Ordinal);
        foreach (var (activity, rule) in root.Get("activities").Members())
        {
            activities.Add(activity, ReadActivity(rule, closingActivities.Remove(activity)));
        }

        if (activities.Count == 0)
        {
            throw root.Get("activities").Fault("must name at least one activity");
        }

        if (closingActivities.Count > 0)
        {
            throw root.Get("closeWhen").Fault($"'on' names '{closingActivities.First()}', which is not an activity");
        }

        return new()
        {
            Name = name,
            Sha256 = sha256,
            Input = input,
            Courts = courts,
            Number = number,
            By = by,
            ValueCount = _values.Count,
            CountedNodes = _countedNodes,
            Activities = activities.ToFrozenDictionary(StringComparer.Ordinal),
            Ignored = ReadIgnored(root, activities),
            CloseWhen = close,
            Columns = _columns.Names,
        };
    }

    private LogInput ReadInput(StrictJson node)
    {
        node.Only("format", "delimiter", "case", "activity", "time", "sequence", "absent");
        var format = node.Get("format").Text();
        if (format is not ("csv" or "xes"))
        {
            throw node.Get("format").Fault("must be csv or xes");
        }

        var delimiter = ",";
        if (node.TryGet("delimiter", out var delimiterNode))
        {
            delimiter = delimiterNode.Text();
            if (format != "csv" || delimiter.Length != 1)
            {
                throw delimiterNode.Fault("must be one character, and only for csv");
            }
        }

        var activity = node.Get("activity");
        return new(
            format == "xes",
            delimiter[0],
            _columns.Add(node.Get("case").Text()),
            activity.Kind == JsonValueKind.Array
                ? activity.Items().Select(column => _columns.Add(column.Text())).ToArray()
                : [_columns.Add(activity.Text())],
            _columns.Add(node.Get("time").Text()),
            node.TryGet("sequence", out var sequence) ? _columns.Add(sequence.Text()) : null,
            node.TryGet("absent", out var absent)
                ? absent.Items().Select(text => text.Text()).ToFrozenSet(StringComparer.Ordinal)
                : FrozenSet<string>.Empty);
    }

    private void ReadValues(StrictJson root)
    {
        if (root.TryGet("values", out var values))
        {
            foreach (var value in values.Items())
            {
                if (!_sums.TryAdd(value.Text(), new(value.Text(), [_values.Count])))
                {
                    throw value.Fault($"'{value.Text()}' stands twice");
                }

                _values.Add(value.Text());
            }
        }

        if (root.TryGet("sums", out var sums))
        {
            foreach (var (name, terms) in sums.Members())
            {
                var indexes = terms.Items().Select(term => ValueIndex(term)).ToArray();
                if (!_sums.TryAdd(name, new(name, indexes)))
                {
                    throw terms.Fault("has the name of a value");
                }
            }
        }
    }

    private (CloseRule? Rule, HashSet<string> Activities) ReadCloseRule(StrictJson root)
    {
        if (!root.TryGet("closeWhen", out var node))
        {
            return (null, []);
        }

        node.Only("on", "value", "reaches", "way", "revokeReason");
        var rule = new CloseRule(
            Sum(node.Get("value")),
            Sum(node.Get("reaches")),
            new ConstantField("way", node.Get("way").Text()),
            new ConstantField("reason", node.Get("revokeReason").Text()));
        return (rule, node.Get("on").Items().Select(activity => activity.Text()).ToHashSet(StringComparer.Ordinal));
    }

    private ActivityRule ReadActivity(StrictJson node, bool mayClose)
    {
        node.Only("why", "set", "add", "emit");
        var changes = new List<ValueChange>();
        foreach (var kind in new[] { "set", "add" })
        {
            if (node.TryGet(kind, out var members))
            {
                foreach (var (value, column) in members.Members())
                {
                    var index = _values.IndexOf(value);
                    changes.Add(new(
                        index >= 0 ? index : throw column.Fault($"'{value}' is not among the values"),
                        _columns.Add(column.Text()),
                        column.Text(),
                        IsAdded: kind == "add"));
                }
            }
        }

        return new(changes.ToArray(), node.Get("emit").Items().Select(ReadEvent).ToArray(), mayClose);
    }

    private EventRule ReadEvent(StrictJson node)
    {
        node.Only("type", "when", "data");
        var type = node.Get("type").Text();
        if (!s_dataByType.TryGetValue(type, out var known))
        {
            throw node.Get("type").Fault($"'{type}' is not an event that an import makes ({string.Join(", ", s_dataByType.Keys.Order())})");
        }

        int? whenPresent = null;
        FenSum? whenChanged = null;
        if (node.TryGet("when", out var when))
        {
            when.Only("has", "changed");
            whenPresent = when.TryGet("has", out var column) ? _columns.Add(column.Text()) : null;
            whenChanged = when.TryGet("changed", out var sum) ? Sum(sum) : null;
        }

        var data = node.Get("data").Only(known);
        var nodeName = type == "case.node" ? data.Get("node").Text() : "";
        return new(
            type,
            data.Members().Select(member => ReadField(member.Name, member.Value, nodeName)).ToArray(),
            whenPresent,
            whenChanged,
            type switch
            {
                "case.closed" => CaseEffect.Closes,
                "case.closingRevoked" => CaseEffect.Reopens,
                _ => CaseEffect.None,
            });
    }

    private DataField ReadField(string name, StrictJson node, string nodeName)
    {
        if (name == "occurrence" && node.Kind == JsonValueKind.String)
        {
            var which = node.Text();
            return which is "new" or "current"
                ? new OccurrenceField(name, Counter(nodeName), isNew: which == "new")
                : throw node.Fault("must be new, current or a number");
        }

        switch (node.Kind)
        {
            case JsonValueKind.Number:
                return new NumberField(name, node.Number());
            case JsonValueKind.Array:
                return new TextListField(name, node.Items().Select(ReadTemplate).ToArray());
            case JsonValueKind.Object when node.TryGet("money", out var column):
                node.Only("money");
                return new MoneyField(name, _columns.Add(column.Text()), column.Text());
            case JsonValueKind.Object when node.TryGet("sum", out var sum):
                node.Only("sum");
                return new ValueField(name, Sum(sum));
            default:
                return ReadText(name, node, lengthMax: 256);
        }
    }

    private DataField ReadText(string name, StrictJson node, int lengthMax)
    {
        if (node.Kind == JsonValueKind.Object)
        {
            var alternatives = node.Only("first").Get("first").Items().Select(ReadTemplate).ToArray();
            return alternatives.Length > 0
                ? new TextField(name, alternatives, lengthMax)
                : throw node.Fault("must name at least one text");
        }

        var template = ReadTemplate(node);
        return template.IsConstant ? new ConstantField(name, node.Text()) : new TextField(name, [template], lengthMax);
    }

    private Template ReadTemplate(StrictJson node)
    {
        try
        {
            return Template.Parse(node.Text(), _columns);
        }
        catch (FormatException exception)
        {
            throw node.Fault(exception.Message);
        }
    }

    private static FrozenDictionary<string, string> ReadIgnored(StrictJson root, Dictionary<string, ActivityRule> activities)
    {
        var ignored = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGet("ignore", out var node))
        {
            foreach (var (activity, reason) in node.Members())
            {
                if (activities.ContainsKey(activity))
                {
                    throw reason.Fault("is among the activities too");
                }

                ignored.Add(activity, reason.Text());
            }
        }

        return ignored.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FenSum Sum(StrictJson node) => _sums.TryGetValue(node.Text(), out var sum)
        ? sum
        : throw node.Fault($"'{node.Text()}' is not among the values and sums");

    private int ValueIndex(StrictJson node)
    {
        var index = _values.IndexOf(node.Text());
        return index >= 0 ? index : throw node.Fault($"'{node.Text()}' is not among the values");
    }

    private int Counter(string node)
    {
        var index = _countedNodes.IndexOf(node);
        if (index < 0)
        {
            index = _countedNodes.Count;
            _countedNodes.Add(node);
        }

        return index;
    }
}
