using System.Text.Encodings.Web;
using System.Text.Json;

namespace CommandCenter.Testing.Cases;

/// <summary>A state as text with everything in it. Records compare lists by reference; this compares what they hold.</summary>
public static class StateText
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a state, a file or an event, led by its type.</summary>
    public static string Of(object value) => $"{value.GetType().Name} {JsonSerializer.Serialize(value, value.GetType(), s_options)}";
}
