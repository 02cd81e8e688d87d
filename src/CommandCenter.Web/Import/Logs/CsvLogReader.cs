using CommandCenter.Web.Import.Mapping;
using CsvHelper;

namespace CommandCenter.Web.Import.Logs;

/// <summary>Reads a CSV log with a header row.</summary>
internal sealed class CsvLogReader : ILogReader
{
    /// <summary>A longer row is an open quotation mark that swallows the file.</summary>
    private const int RowBytesMax = 1 << 20;

    private readonly CsvReader _csv;
    private readonly ImportMapping _mapping;
    private readonly Func<double> _position;
    private readonly string _path;
    private readonly int[] _fieldByColumn;
    private readonly int _fieldCount;
    private CsvMalformedRecord? _malformed;

    /// <exception cref="ImportInputException">There is no header, or a column of the mapping is missing in it.</exception>
    public CsvLogReader(Stream content, ImportMapping mapping, Func<double> position, string path)
    {
        _mapping = mapping;
        _position = position;
        _path = path;
        var options = CsvReaderOptions.Default with
        {
            Separator = mapping.Input.Delimiter,
            TrackLineNumbers = true,
            MaxRecordSize = RowBytesMax,
            OnMalformedRecord = record => _malformed = record,
        };
        _csv = CsvReader.Create(content, options, leaveOpen: false);
        try
        {
            Guard(csv =>
            {
                csv.ReadHeader();
                return true;
            });
            var header = _csv.Headers.ToArray();
            _fieldCount = header.Length;
            _fieldByColumn = mapping.Columns.Select(column => Array.IndexOf(header, column)).ToArray();
            var missing = mapping.Columns.Where(column => !header.Contains(column, StringComparer.Ordinal)).ToArray();
            if (missing.Length > 0)
            {
                throw new ImportInputException(
                    $"{path} has no column '{string.Join("', '", missing)}', which the map '{mapping.Name}' reads. "
                    + (header.Length == 0 ? "It has no header row." : $"It has: {string.Join(", ", header)}."));
            }
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    public void Dispose() => _csv.Dispose();

    public bool Read(LogRow row)
    {
        _malformed = null;
        if (!Guard(csv => csv.Read()))
        {
            return false;
        }

        row.Line = _csv.LineNumber;
        row.Position = _position();
        row.SetRaw(_csv.RawRecord);
        if (_malformed is { } malformed)
        {
            row.Fault = new(RowFault.BadQuotes, $"The quotation marks are wrong: {malformed.Reason}.");
            return true;
        }

        if (_csv.FieldCount != _fieldCount)
        {
            row.Fault = new(RowFault.FieldCount, $"The row has {_csv.FieldCount} fields, the header {_fieldCount}.");
            return true;
        }

        for (var i = 0; i < _fieldByColumn.Length; i++)
        {
            row.Values[i] = _csv.IsEmpty(_fieldByColumn[i]) ? null : _csv.GetString(_fieldByColumn[i]);
        }

        RowHead.Complete(row, _mapping);
        return true;
    }

    private bool Guard(Func<CsvReader, bool> read)
    {
        try
        {
            return read(_csv);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or CsvFormatException)
        {
            throw new ImportInputException($"{_path} cannot be read after row {_csv.RowNumber}: {exception.Message}", exception);
        }
    }
}
