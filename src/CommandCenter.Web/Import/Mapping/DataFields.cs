using System.Text.Json;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>One member of an event's <c>data</c> (or its <c>by</c>). Writes name and value, or says why it cannot.</summary>
internal abstract class DataField(string name)
{
    /// <summary>The intake takes no longer strings inside <c>data</c>.</summary>
    protected const int TextLengthMax = 256;

    protected JsonEncodedText Name { get; } = JsonEncodedText.Encode(name);

    public abstract RowFault? Write(Utf8JsonWriter json, RowScope scope);
}

/// <summary>Text from the first template whose columns are all there.</summary>
internal sealed class TextField(string name, IReadOnlyList<Template> alternatives, int lengthMax = 256) : DataField(name)
{
    public override RowFault? Write(Utf8JsonWriter json, RowScope scope)
    {
        RowFault? fault = null;
        foreach (var template in alternatives)
        {
            fault = template.Render(scope);
            if (fault is null)
            {
                if (scope.TextLength > lengthMax)
                {
                    return new(RowFault.TextTooLong, $"'{Name}' has {scope.TextLength} characters of {lengthMax}.");
                }

                json.WriteString(Name, scope.Text);
                return null;
            }
        }

        return fault;
    }
}

/// <summary>Text that is the same in every event; most fields are, so it is encoded once.</summary>
internal sealed class ConstantField(string name, string text) : DataField(name)
{
    private readonly JsonEncodedText _value = JsonEncodedText.Encode(text, EventJson.Encoder);

    public override RowFault? Write(Utf8JsonWriter json, RowScope scope)
    {
        json.WriteString(Name, _value);
        return null;
    }
}

/// <summary>A list of texts, such as the parties.</summary>
internal sealed class TextListField(string name, IReadOnlyList<Template> items) : DataField(name)
{
    public override RowFault? Write(Utf8JsonWriter json, RowScope scope)
    {
        json.WriteStartArray(Name);
        foreach (var item in items)
        {
            if (item.Render(scope) is { } fault)
            {
                return fault;
            }

            if (scope.TextLength > TextLengthMax)
            {
                return new(RowFault.TextTooLong, $"'{Name}' has {scope.TextLength} characters of {TextLengthMax}.");
            }

            json.WriteStringValue(scope.Text);
        }

        json.WriteEndArray();
        return null;
    }
}

/// <summary>A constant whole number.</summary>
internal sealed class NumberField(string name, long value) : DataField(name)
{
    public override RowFault? Write(Utf8JsonWriter json, RowScope scope)
    {
        json.WriteNumber(Name, value);
        return null;
    }
}

/// <summary>The decimal amount of a column, in fen.</summary>
internal sealed class MoneyField(string name, int column, string columnName) : DataField(name)
{
    public override RowFault? Write(Utf8JsonWriter json, RowScope scope)
    {
        if (scope.Row.Values[column] is not { } text)
        {
            return new(RowFault.ValueMissing, $"'{columnName}' is empty.");
        }

        var fault = MoneyText.Parse(text, out var fen);
        if (fault is null)
        {
            json.WriteNumber(Name, fen);
        }

        return fault;
    }
}

/// <summary>A sum of the case's running values, in fen.</summary>
internal sealed class ValueField(string name, FenSum sum) : DataField(name)
{
    public override RowFault? Write(Utf8JsonWriter json, RowScope scope)
    {
        var fen = sum.Of(scope.State);
        if (fen > MoneyText.FenMax)
        {
            return new(RowFault.MoneyTooLarge, $"'{sum.Name}' is more than {MoneyText.FenMax} fen.");
        }

        json.WriteNumber(Name, fen);
        return null;
    }
}

/// <summary>The number of a repeatable node's occurrence: a new one, or the one under way.</summary>
internal sealed class OccurrenceField(string name, int counter, bool isNew) : DataField(name)
{
    public override RowFault? Write(Utf8JsonWriter json, RowScope scope)
    {
        ref var count = ref scope.State.Occurrences[counter];
        // Logs hold completions without a start; that occurrence is the first.
        count = isNew ? count + 1 : Math.Max(count, 1);
        json.WriteNumber(Name, count);
        return null;
    }
}
