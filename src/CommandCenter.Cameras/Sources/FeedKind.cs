namespace CommandCenter.Cameras.Sources;

/// <summary>Which of a camera's two streams.</summary>
public enum FeedKind
{
    /// <summary>The full picture, for one focused tile and for recording. Fetched only while somebody joined it.</summary>
    Main,

    /// <summary>The small picture, for grids. Always fetched.</summary>
    Sub,
}
