using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>What a page says: <c>{"subscribe":"cam-7","tile":3,"kind":"sub","mode":"all"}</c>, <c>{"unsubscribe":3}</c> or <c>{"clock":12.5}</c>.</summary>
/// <param name="Subscribe">The camera to be shown.</param>
/// <param name="Tile">In which tile.</param>
/// <param name="Kind"><c>main</c> or <c>sub</c>; <c>sub</c> when it is left out.</param>
/// <param name="Mode"><c>all</c> or <c>keys</c>; <c>all</c> when it is left out.</param>
/// <param name="Unsubscribe">The tile that is shown no more.</param>
/// <param name="Clock">A time of the page's clock, sent back beside ours.</param>
internal sealed record TileRequest(string? Subscribe, int? Tile, string? Kind, string? Mode, int? Unsubscribe, double? Clock)
{
    /// <summary>Bytes of a request at most.</summary>
    public const int BytesMax = 512;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 2,
    };

    /// <summary>Which stream.</summary>
    public StreamKind StreamKind => Kind == "main" ? StreamKind.Main : StreamKind.Sub;

    /// <summary>Whether key pictures are enough.</summary>
    public bool KeysOnly => Mode == "keys";

    /// <summary>The request of a message; <see langword="null"/> when it is none.</summary>
    public static TileRequest? Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize<TileRequest>(message, s_json) is { } request && request.IsOne() ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsOne() => this switch
    {
        { Subscribe: { } id, Unsubscribe: null, Clock: null } => CameraDrafts.IsId(id) && IsTile(Tile) && Kind is null or "main" or "sub" && Mode is null or "all" or "keys",
        { Subscribe: null, Unsubscribe: { } tile, Clock: null } => IsTile(tile) && Tile is null && Kind is null && Mode is null,
        { Subscribe: null, Unsubscribe: null, Clock: { } clock } => double.IsFinite(clock) && Tile is null && Kind is null && Mode is null,
        _ => false,
    };

    private static bool IsTile(int? tile) => tile is >= 0 and < TileMessages.TilesMax;
}
