using System.Text.Encodings.Web;
using System.Text.Json;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>How our NDJSON is written.</summary>
internal static class EventJson
{
    /// <summary>Chinese stands as it is: escaped, it would triple every line. The text goes to our own parser, never into a page.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static readonly JsonWriterOptions Options = new() { Encoder = Encoder, SkipValidation = true };
}
