using System.Text.Json;
using CommandCenter.Web.Import.Logs;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>Turns the rows of a log into event lines, keeping the state of every case. One thread.</summary>
/// <remarks>
/// All or nothing for each row: a row that fails leaves no line and does not change the case. A row that the
/// <em>domain</em> refuses later has changed it here, because the log says it happened.
/// </remarks>
internal sealed class RowMapper : IDisposable
{
    private const int EventIdLengthMax = 64;

    private static readonly JsonEncodedText s_id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText s_type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText s_at = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText s_court = JsonEncodedText.Encode("court");
    private static readonly JsonEncodedText s_case = JsonEncodedText.Encode("case");
    private static readonly JsonEncodedText s_data = JsonEncodedText.Encode("data");

    private readonly ImportMapping _mapping;
    private readonly CourtSpread _spread;
    private readonly RowScope _scope;
    private readonly Dictionary<string, CaseState> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityRule?> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityRule?>.AlternateLookup<ReadOnlySpan<char>> _rulesBySpan;
    private readonly Utf8JsonWriter _json = new(Stream.Null, EventJson.Options);
    private readonly long[] _valuesBefore;
    private readonly int[] _occurrencesBefore;

    /// <param name="mapping">What becomes of a row.</param>
    /// <param name="court">The mark of the one court that gets all cases, or <see langword="null"/> to spread them.</param>
    public RowMapper(ImportMapping mapping, string? court)
    {
        _mapping = mapping;
        _spread = new(court is null ? mapping.Courts : [court]);
        _scope = new(mapping);
        _valuesBefore = new long[mapping.ValueCount];
        _occurrencesBefore = new int[mapping.CountedNodes.Count];
        foreach (var (activity, rule) in mapping.Activities)
        {
            _rules.Add(activity, rule);
        }

        foreach (var activity in mapping.Ignored.Keys)
        {
            _rules.Add(activity, null);
        }

        _rulesBySpan = _rules.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int CaseCount => _cases.Count;

    /// <summary>Rows left out because the mapping says so.</summary>
    public long IgnoredCount { get; private set; }

    public void Dispose() => _json.Dispose();

    /// <summary>Adds the row's lines, or its fault, to the batch. The caller adds the row itself afterwards.</summary>
    public void Map(LogRow row, ImportBatch batch)
    {
        if (row.Fault is { } fault)
        {
            batch.Reject(fault);
            return;
        }

        _scope.Row = row;
        if (FindRule(out var rule) is { } unknown)
        {
            batch.Reject(unknown);
            return;
        }

        if (!_cases.TryGetValue(row.CaseId, out var state))
        {
            if (NewCase(row, out state) is { } unfit)
            {
                batch.Reject(unfit);
                return;
            }

            _cases.Add(row.CaseId, state!);
        }

        _scope.State = state!;
        var ordinal = state!.RowCount++;
        if (_mapping.Input.SequenceColumn is null)
        {
            row.Sequence = ordinal;
        }

        if (rule is null)
        {
            IgnoredCount++;
            return;
        }

        var (lineCount, length, closing) = (batch.LineCount, batch.Buffer.Length, state.Closing);
        state.Values.CopyTo(_valuesBefore, 0);
        state.Occurrences.CopyTo(_occurrencesBefore, 0);
        if (WriteRow(rule, state, batch) is { } failed)
        {
            batch.CutBack(lineCount, length);
            _valuesBefore.CopyTo(state.Values, 0);
            _occurrencesBefore.CopyTo(state.Occurrences, 0);
            state.Closing = closing;
            batch.Reject(failed);
        }
    }

    private RowFault? FindRule(out ActivityRule? rule)
    {
        rule = null;
        var columns = _mapping.Input.ActivityColumns;
        _scope.ClearText();
        foreach (var column in columns)
        {
            if (_scope.Row.Values[column] is not { } part)
            {
                return new(RowFault.ActivityMissing, $"'{_mapping.Columns[column]}' is empty.");
            }

            if (_scope.TextLength > 0)
            {
                _scope.Append("+");
            }

            _scope.Append(part);
        }

        return _rulesBySpan.TryGetValue(_scope.Text, out rule)
            ? null
            : new(RowFault.ActivityUnknown, $"The mapping says nothing about '{_scope.Text}'.");
    }

    private RowFault? NewCase(LogRow row, out CaseState? state)
    {
        var court = _spread.For(row.CaseId);
        // The number's template may name the court, so a state without a number comes first.
        state = new(court, "", _mapping.ValueCount, _mapping.CountedNodes.Count);
        _scope.State = state;
        if (_mapping.Number.Render(_scope) is { } fault)
        {
            return fault;
        }

        state = new(court, _scope.Text.ToString(), _mapping.ValueCount, _mapping.CountedNodes.Count);
        return null;
    }

    private RowFault? WriteRow(ActivityRule rule, CaseState state, ImportBatch batch)
    {
        if (Change(rule, state) is { } bad)
        {
            return bad;
        }

        // A rise above the money received undoes the derived closing first, so that the row's own events meet an open case.
        if (_mapping.CloseWhen is { } close && state.Closing == Closing.Derived
            && close.Value.Of(state) < close.Reaches.Of(state))
        {
            if (WriteEvent("case.closingRevoked", close.RevokeReason, ":revoke", batch) is { } fault)
            {
                return fault;
            }

            state.Closing = Closing.None;
        }

        for (var i = 0; i < rule.Events.Length; i++)
        {
            var @event = rule.Events[i];
            if (!Applies(@event, state))
            {
                continue;
            }

            if (WriteEvent(@event.Type, @event.Data, i, batch) is { } fault)
            {
                return fault;
            }

            // A second closing is sent all the same: to refuse it is the domain's word, not ours.
            state.Closing = @event.Effect switch
            {
                CaseEffect.Closes when state.Closing == Closing.None => Closing.Reported,
                CaseEffect.Reopens => Closing.None,
                _ => state.Closing,
            };
        }

        if (_mapping.CloseWhen is { } rise && rule.MayClose && state.Closing == Closing.None
            && rise.Value.Of(state) >= rise.Reaches.Of(state))
        {
            if (WriteEvent("case.closed", rise.Way, ":close", batch) is { } fault)
            {
                return fault;
            }

            state.Closing = Closing.Derived;
        }

        return null;
    }

    private RowFault? Change(ActivityRule rule, CaseState state)
    {
        foreach (var change in rule.Changes)
        {
            if (_scope.Row.Values[change.Column] is not { } text)
            {
                return new(RowFault.ValueMissing, $"'{change.ColumnName}' is empty.");
            }

            if (MoneyText.Parse(text, out var fen) is { } fault)
            {
                return fault;
            }

            ref var value = ref state.Values[change.Value];
            var result = change.IsAdded ? value + fen : fen;
            if (result > MoneyText.FenMax)
            {
                return new(RowFault.MoneyTooLarge, $"With '{change.ColumnName}' the sum is more than {MoneyText.FenMax} fen.");
            }

            value = result;
        }

        return null;
    }

    private bool Applies(EventRule @event, CaseState state)
    {
        if (@event.WhenPresent is { } column && _scope.Row.Values[column] is null)
        {
            return false;
        }

        if (@event.WhenChanged is { } sum)
        {
            long before = 0;
            foreach (var term in sum.Terms)
            {
                before += _valuesBefore[term];
            }

            return before != sum.Of(state);
        }

        return true;
    }

    private RowFault? WriteEvent(string type, DataField field, string suffix, ImportBatch batch)
    {
        var start = BeginEvent(batch);
        return WriteEnvelope(type, suffix) ?? field.Write(_json, _scope) ?? EndEvent(start, batch);
    }

    private RowFault? WriteEvent(string type, DataField[] fields, int index, ImportBatch batch)
    {
        var start = BeginEvent(batch);
        // The place in the mapping, not a count: an event left out by its condition must not rename the next.
        if (WriteEnvelope(type, index == 0 ? "" : Suffix(index)) is { } fault)
        {
            return fault;
        }

        foreach (var field in fields)
        {
            if (field.Write(_json, _scope) is { } bad)
            {
                return bad;
            }
        }

        return EndEvent(start, batch);
    }

    private static string Suffix(int index) => index switch { 1 => ":1", 2 => ":2", 3 => ":3", _ => $":{index}" };

    private int BeginEvent(ImportBatch batch)
    {
        _json.Reset(batch.Buffer);
        return batch.Buffer.Length;
    }

    private RowFault? WriteEnvelope(string type, string suffix)
    {
        var row = _scope.Row;
        _scope.ClearText();
        _scope.Append(_mapping.Name);
        _scope.Append(":");
        _scope.Append(row.CaseId);
        _scope.Append(":");
        _scope.Append(row.Sequence);
        _scope.Append(suffix);
        if (_scope.TextLength > EventIdLengthMax)
        {
            return new(RowFault.EventIdTooLong, $"The event id has {_scope.TextLength} characters of {EventIdLengthMax}.");
        }

        _json.WriteStartObject();
        _json.WriteString(s_id, _scope.Text);
        _json.WriteString(s_type, type);
        _json.WriteString(s_at, row.Values[_mapping.Input.TimeColumn]);
        _json.WriteString(s_court, _scope.State.Court);
        _json.WriteString(s_case, _scope.State.Number);
        if (_mapping.By.Write(_json, _scope) is { } fault)
        {
            return fault;
        }

        _json.WriteStartObject(s_data);
        return null;
    }

    private RowFault? EndEvent(int start, ImportBatch batch)
    {
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        batch.EndLine(start);
        return null;
    }
}
