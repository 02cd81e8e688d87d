namespace CommandCenter.Web.Places;

/// <summary>Stable codes of what can be wrong with a map.</summary>
internal static class MapCodes
{
    public const string NotJson = "map.not-json";
    public const string NotFeatures = "map.not-a-feature-collection";
    public const string FileTooLarge = "map.file-too-large";
    public const string TooManyVertices = "map.too-many-vertices";
    public const string GeometryUnsupported = "map.geometry-unsupported";
    public const string RingTooShort = "map.ring-too-short";
    public const string RingNotClosed = "map.ring-not-closed";
    public const string OutOfRange = "map.coordinate-out-of-range";
    public const string DistrictUnnamed = "map.district-unnamed";
    public const string DistrictUnknown = "map.district-unknown";
    public const string DistrictRepeated = "map.district-repeated";
    public const string DistrictMissing = "map.district-missing";
    public const string CourtUnknown = "map.court-unknown";
    public const string CourtRepeated = "map.court-repeated";
    public const string CourtMissing = "map.court-missing";
    public const string FrameEmpty = "map.frame-empty";
    public const string ApprovalMissing = "map.approval-number-missing";
}

/// <summary>One fault of a map.</summary>
/// <param name="Code">One of <see cref="MapCodes"/>.</param>
/// <param name="Text">Where it is and what is expected there.</param>
internal sealed record MapFault(string Code, string Text)
{
    public override string ToString() => $"{Code}: {Text}";
}
