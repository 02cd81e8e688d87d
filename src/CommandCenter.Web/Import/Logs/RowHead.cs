using System.Globalization;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import.Logs;

/// <summary>Reads what every row needs before it can be ordered: its case, time and sequence number.</summary>
internal static class RowHead
{
    /// <summary>Completes a row whose values are filled, or gives it a fault.</summary>
    public static void Complete(LogRow row, ImportMapping mapping)
    {
        var input = mapping.Input;
        if (input.Absent.Count > 0)
        {
            foreach (ref var value in row.Values.AsSpan())
            {
                if (value is not null && input.Absent.Contains(value))
                {
                    value = null;
                }
            }
        }

        row.Fault ??= Read(row, mapping, input);
    }

    private static RowFault? Read(LogRow row, ImportMapping mapping, LogInput input)
    {
        if (row.Values[input.CaseColumn] is not { } caseId)
        {
            return new(RowFault.CaseMissing, $"'{mapping.Columns[input.CaseColumn]}' is empty.");
        }

        row.CaseId = caseId;
        if (row.Values[input.TimeColumn] is not { } time)
        {
            return new(RowFault.TimeMissing, $"'{mapping.Columns[input.TimeColumn]}' is empty.");
        }

        if (TimeText.Parse(time, out var utcTicks) is { } fault)
        {
            return fault;
        }

        row.UtcTicks = utcTicks;
        if (input.SequenceColumn is { } column)
        {
            if (!long.TryParse(row.Values[column], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            {
                return new(RowFault.SequenceInvalid, $"'{row.Values[column]}' in '{mapping.Columns[column]}' is not a whole number.");
            }

            row.Sequence = sequence;
        }

        return null;
    }
}
