namespace CommandCenter.Web.Import.Mapping;

/// <summary>Text with columns in braces, such as <c>officer-{org:resource}</c> or <c>(2000){@court}执{@case|letterNumber}号</c>.</summary>
/// <remarks>
/// A name is a column, unless it begins with @: <c>@case</c> (the log's case id), <c>@seq</c>, <c>@court</c>,
/// <c>@number</c> (the case number). <c>@case</c> may go through <see cref="CaseIdFunctions"/>, joined by <c>|</c>.
/// </remarks>
internal sealed class Template
{
    private const int FunctionLengthMax = 128;

    private readonly Part[] _parts;

    private Template(Part[] parts) => _parts = parts;

    private enum Kind
    {
        Literal,
        Column,
        Case,
        Sequence,
        Court,
        Number,
    }

    /// <summary>True when the text is the same for every row.</summary>
    public bool IsConstant => Array.TrueForAll(_parts, part => part.Kind == Kind.Literal);

    /// <exception cref="FormatException">A brace is open, or a name is not known.</exception>
    public static Template Parse(string text, ColumnSet columns)
    {
        var parts = new List<Part>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOfAny('{', '}');
            if (open != 0)
            {
                var literal = open < 0 ? rest : rest[..open];
                parts.Add(new(Kind.Literal, literal.ToString(), Column: -1, []));
                rest = rest[literal.Length..];
                continue;
            }

            var close = rest.IndexOf('}');
            if (close < 2 || rest[0] == '}')
            {
                throw new FormatException($"the braces of '{text}' do not match");
            }

            parts.Add(ParsePart(rest[1..close].ToString(), columns));
            rest = rest[(close + 1)..];
        }

        return new(parts.ToArray());
    }

    /// <summary>Writes the text into the scope. An absent column is a fault: half a text is worse than none.</summary>
    public RowFault? Render(RowScope scope)
    {
        scope.ClearText();
        foreach (var part in _parts)
        {
            switch (part.Kind)
            {
                case Kind.Literal:
                    scope.Append(part.Text);
                    break;
                case Kind.Column:
                    if (scope.Row.Values[part.Column] is not { } value)
                    {
                        return new(RowFault.ValueMissing, $"'{part.Text}' is empty.");
                    }

                    scope.Append(value);
                    break;
                case Kind.Case:
                    if (AppendCase(part.Functions, scope) is { } fault)
                    {
                        return fault;
                    }

                    break;
                case Kind.Sequence:
                    scope.Append(scope.Row.Sequence);
                    break;
                case Kind.Court:
                    scope.Append(scope.State.Court);
                    break;
                case Kind.Number:
                    scope.Append(scope.State.Number);
                    break;
                default:
                    throw new InvalidOperationException($"A template part of kind {part.Kind}.");
            }
        }

        return null;
    }

    private static Part ParsePart(string name, ColumnSet columns)
    {
        if (!name.StartsWith('@'))
        {
            return new(Kind.Column, name, columns.Add(name), []);
        }

        var steps = name.Split('|');
        var kind = steps[0] switch
        {
            "@case" => Kind.Case,
            "@seq" => Kind.Sequence,
            "@court" => Kind.Court,
            "@number" => Kind.Number,
            _ => throw new FormatException($"'{steps[0]}' is not one of @case, @seq, @court, @number"),
        };
        if (kind != Kind.Case && steps.Length > 1)
        {
            throw new FormatException($"functions go with @case, not with {steps[0]}");
        }

        var functions = steps.Skip(1).Select(step => CaseIdFunctions.TryGet(step, out var function)
            ? function!
            : throw new FormatException($"'{step}' is not a function: number, letterNumber, base36, after:PREFIX"));
        return new(kind, name, Column: -1, functions.ToArray());
    }

    private static RowFault? AppendCase(CaseIdFunction[] functions, RowScope scope)
    {
        var caseId = scope.Row.CaseId;
        if (functions.Length == 0)
        {
            scope.Append(caseId);
            return null;
        }

        Span<char> current = stackalloc char[FunctionLengthMax];
        Span<char> next = stackalloc char[FunctionLengthMax];
        if (!caseId.TryCopyTo(current))
        {
            return Unfit(caseId);
        }

        var length = caseId.Length;
        foreach (var function in functions)
        {
            if (!function(current[..length], next, out length))
            {
                return Unfit(caseId);
            }

            next[..length].CopyTo(current);
        }

        scope.Append(current[..length]);
        return null;
    }

    private static RowFault Unfit(string caseId) => new(
        RowFault.CaseIdUnfit,
        $"The case id '{(caseId.Length > 64 ? caseId[..64] : caseId)}' has no number of 1 to 8 digits by this mapping.");

    private sealed record Part(Kind Kind, string Text, int Column, CaseIdFunction[] Functions);
}
