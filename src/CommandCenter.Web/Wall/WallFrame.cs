using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Web.Wall;

/// <summary>A frame that is JSON already. Its parts are written once and copied to every follower.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct WallFrame(ReadOnlyMemory<byte> Utf8Json)
{
    private sealed class Converter : JsonConverter<WallFrame>
    {
        public override WallFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new WallFrame(JsonSerializer.SerializeToUtf8Bytes(document.RootElement, options));
        }

        public override void Write(Utf8JsonWriter writer, WallFrame value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8Json.Span, skipInputValidation: true); // Our own writer made it a line ago.
    }
}
