using System.Text.Json;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

/// <summary>A part of the walls as it travels.</summary>
internal static class WallParts
{
    public static ReadOnlyMemory<byte> Write(IWallPartSource source, CityFigures figures, WallLanguage language = WallLanguage.Zh) =>
        new WallPart(source, 0, source.Read(new WallSample(figures))).Utf8JsonIn(language)!.Value;

    public static JsonElement Read(IWallPartSource source, CityFigures figures, WallLanguage language = WallLanguage.Zh) =>
        JsonDocument.Parse(Write(source, figures, language)).RootElement;
}
