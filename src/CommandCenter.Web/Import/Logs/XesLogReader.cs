using System.Xml;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import.Logs;

/// <summary>Reads an XES log (IEEE 1849) as a stream, one trace in memory at a time.</summary>
/// <remarks>
/// A column is an event attribute by its key, or with <c>case:</c> in front an attribute of the trace. An attribute inside
/// another is reached by <c>outer/inner</c>. Where an attribute is missing, the log's global of that scope stands in.
/// Extensions and classifiers are read over: the mapping says what an activity is.
/// </remarks>
internal sealed class XesLogReader : ILogReader
{
    private const string TracePrefix = "case:";

    /// <summary>More events in one trace would be a broken file; all of a trace is in memory.</summary>
    private const int TraceEventsMax = 1_000_000;

    private const int NestingMax = 16;

    private readonly Stream _content;
    private readonly XmlReader _xml;
    private readonly ImportMapping _mapping;
    private readonly Func<double> _position;
    private readonly string _path;
    private readonly Dictionary<string, int> _eventColumns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _traceColumns = new(StringComparer.Ordinal);
    private readonly string?[] _eventGlobals;
    private readonly string?[] _traceGlobals;
    private readonly string?[] _traceValues;
    private readonly Queue<LogRow> _ready = new();
    private bool _isStarted;
    private bool _isEnded;

    public XesLogReader(Stream content, ImportMapping mapping, Func<double> position, string path)
    {
        _content = content;
        _mapping = mapping;
        _position = position;
        _path = path;
        for (var i = 0; i < mapping.Columns.Count; i++)
        {
            var column = mapping.Columns[i];
            if (column.StartsWith(TracePrefix, StringComparison.Ordinal))
            {
                _traceColumns.Add(column[TracePrefix.Length..], i);
            }
            else
            {
                _eventColumns.Add(column, i);
            }
        }

        _eventGlobals = new string?[mapping.Columns.Count];
        _traceGlobals = new string?[mapping.Columns.Count];
        _traceValues = new string?[mapping.Columns.Count];
        _xml = XmlReader.Create(content, new()
        {
            // A log comes from outside: no DTD means no entity bombs and no reading of other files.
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreWhitespace = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
    }

    private int Line => ((IXmlLineInfo)_xml).LineNumber;

    public void Dispose()
    {
        _xml.Dispose();
        _content.Dispose();
    }

    public bool Read(LogRow row)
    {
        while (_ready.Count == 0)
        {
            if (_isEnded)
            {
                return false;
            }

            try
            {
                Advance();
            }
            catch (Exception exception) when (exception is XmlException or InvalidDataException or IOException)
            {
                throw new ImportInputException($"{_path}, line {Line}: {exception.Message}", exception);
            }
        }

        var next = _ready.Dequeue();
        next.Values.CopyTo(row.Values, 0);
        row.Line = next.Line;
        row.Position = next.Position;
        RowHead.Complete(row, _mapping);
        return true;
    }

    private void Advance()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _xml.MoveToContent();
            if (_xml.LocalName != "log")
            {
                throw Fault($"the root is <{_xml.LocalName}>, an XES log begins with <log>");
            }

            if (_xml.IsEmptyElement)
            {
                _isEnded = true;
                return;
            }

            _xml.Read();
        }

        switch (_xml.NodeType)
        {
            case XmlNodeType.Element when _xml.LocalName == "trace":
                ReadTrace();
                break;
            case XmlNodeType.Element when _xml.LocalName == "event":
                // IEEE 1849 allows events outside traces; without a case they become rejected rows, not silence.
                Array.Clear(_traceValues);
                _ready.Enqueue(ReadEvent());
                break;
            case XmlNodeType.Element when _xml.LocalName == "global":
                ReadGlobals();
                break;
            case XmlNodeType.EndElement:
                _isEnded = true;
                break;
            case XmlNodeType.None:
                throw Fault("the file ends inside <log>");
            default:
                _xml.Skip();
                break;
        }
    }

    private void ReadGlobals()
    {
        var isTrace = _xml.GetAttribute("scope") == "trace";
        for (var inside = Enter(); inside && AtChild("global");)
        {
            ReadAttribute(isTrace ? _traceColumns : _eventColumns, isTrace ? _traceGlobals : _eventGlobals, "", depth: 0);
        }
    }

    private void ReadTrace()
    {
        _traceGlobals.CopyTo(_traceValues, 0);
        var events = new List<LogRow>();
        for (var inside = Enter(); inside && AtChild("trace");)
        {
            if (_xml.LocalName != "event")
            {
                ReadAttribute(_traceColumns, _traceValues, "", depth: 0);
                continue;
            }

            events.Add(ReadEvent());
            if (events.Count > TraceEventsMax)
            {
                throw Fault($"a trace has more than {TraceEventsMax} events");
            }
        }

        foreach (var row in events)
        {
            // Only now: a trace's attributes may stand behind its events.
            foreach (var column in _traceColumns.Values)
            {
                row.Values[column] = _traceValues[column];
            }

            _ready.Enqueue(row);
        }
    }

    private LogRow ReadEvent()
    {
        var row = new LogRow(_mapping.Columns.Count) { Line = Line, Position = _position() };
        _eventGlobals.CopyTo(row.Values, 0);
        for (var inside = Enter(); inside && AtChild("event");)
        {
            ReadAttribute(_eventColumns, row.Values, "", depth: 0);
        }

        return row;
    }

    /// <summary>Reads one attribute with what is inside it, and moves behind it.</summary>
    private void ReadAttribute(Dictionary<string, int> columns, string?[] values, string path, int depth)
    {
        if (depth > NestingMax)
        {
            throw Fault($"attributes are nested deeper than {NestingMax}");
        }

        var type = _xml.LocalName;
        if (type == "values" && depth > 0)
        {
            // The items of a <list> stand in <values>; to the path it adds nothing.
            for (var inside = Enter(); inside && AtChild(type);)
            {
                ReadAttribute(columns, values, path, depth + 1);
            }

            return;
        }

        if (type is not ("string" or "date" or "int" or "float" or "boolean" or "id" or "list" or "container"))
        {
            throw Fault($"<{type}> is not an XES attribute");
        }

        var key = _xml.GetAttribute("key") ?? throw Fault($"<{type}> has no key");
        var full = path.Length == 0 ? key : $"{path}/{key}";
        if (columns.TryGetValue(full, out var column))
        {
            var value = _xml.GetAttribute("value");
            values[column] = string.IsNullOrEmpty(value) ? null : value;
        }

        for (var inside = Enter(); inside && AtChild(type);)
        {
            ReadAttribute(columns, values, full, depth + 1);
        }
    }

    /// <summary>Moves into the element, or behind it when it is empty; true when there is an inside.</summary>
    private bool Enter()
    {
        var hasInside = !_xml.IsEmptyElement;
        _xml.Read();
        return hasInside;
    }

    /// <summary>Moves to the next child element; at the end moves behind the parent and is false.</summary>
    private bool AtChild(string parent)
    {
        while (_xml.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement))
        {
            if (!_xml.Read())
            {
                throw Fault($"the file ends inside <{parent}>");
            }
        }

        if (_xml.NodeType == XmlNodeType.Element)
        {
            return true;
        }

        _xml.Read();
        return false;
    }

    private ImportInputException Fault(string message) => new($"{_path}, line {Line}: {message}");
}
