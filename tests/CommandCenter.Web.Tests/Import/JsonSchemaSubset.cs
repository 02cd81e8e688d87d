using System.Text.Json;
using System.Text.RegularExpressions;

namespace CommandCenter.Web.Tests.Import;

/// <summary>The part of JSON Schema that our own schemas use; a keyword beyond it fails the test instead of passing unread.</summary>
internal sealed class JsonSchemaSubset(JsonElement root)
{
    private static readonly HashSet<string> s_notes = ["$schema", "$id", "title", "description", "$defs"];

    /// <summary>All faults, each with its place; empty when valid.</summary>
    public List<string> Validate(JsonElement value)
    {
        var faults = new List<string>();
        Check(root, value, "$", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$ref":
                    Check(root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value, at, faults);
                    break;
                case "type" when !IsType(keyword.Value.GetString()!, value):
                    faults.Add($"{at}: not of type {keyword.Value}");
                    break;
                case "enum" when !keyword.Value.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)):
                    faults.Add($"{at}: not one of {keyword.Value}");
                    break;
                case "anyOf" when !keyword.Value.EnumerateArray().Any(item => IsValid(item, value)):
                    faults.Add($"{at}: fits none of the alternatives");
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    faults.AddRange(keyword.Value.EnumerateArray().Select(name => name.GetString()!)
                        .Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{at}: '{name}' is missing"));
                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    CheckOthers(schema, keyword.Value, value, at, faults);
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var property in keyword.Value.EnumerateObject())
                    {
                        if (value.TryGetProperty(property.Name, out var member))
                        {
                            Check(property.Value, member, $"{at}.{property.Name}", faults);
                        }
                    }

                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    foreach (var (index, item) in value.EnumerateArray().Index())
                    {
                        Check(keyword.Value, item, $"{at}[{index}]", faults);
                    }

                    break;
                case "minItems" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() < keyword.Value.GetInt32():
                case "minLength" when value.ValueKind == JsonValueKind.String && value.GetString()!.Length < keyword.Value.GetInt32():
                case "maxLength" when value.ValueKind == JsonValueKind.String && value.GetString()!.Length > keyword.Value.GetInt32():
                case "pattern" when value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!):
                    faults.Add($"{at}: {keyword.Name} {keyword.Value}");
                    break;
                case "type" or "enum" or "anyOf" or "required" or "additionalProperties" or "properties" or "items"
                    or "minItems" or "minLength" or "maxLength" or "pattern":
                    break;
                default:
                    Assert.True(s_notes.Contains(keyword.Name), $"The schema uses '{keyword.Name}', which this test does not check.");
                    break;
            }
        }
    }

    private void CheckOthers(JsonElement schema, JsonElement rule, JsonElement value, string at, List<string> faults)
    {
        var hasNames = schema.TryGetProperty("properties", out var named);
        foreach (var member in value.EnumerateObject().Where(member => !hasNames || !named.TryGetProperty(member.Name, out _)))
        {
            if (rule.ValueKind == JsonValueKind.False)
            {
                faults.Add($"{at}: unknown property '{member.Name}'");
            }
            else
            {
                Check(rule, member.Value, $"{at}.{member.Name}", faults);
            }
        }
    }

    private bool IsValid(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, value, "", faults);
        return faults.Count == 0;
    }

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new InvalidOperationException($"The schema names the type '{type}'."),
    };
}
