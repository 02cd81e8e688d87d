namespace CommandCenter.Web.Cameras;

/// <summary>Which stream of a camera.</summary>
internal enum StreamKind
{
    /// <summary>Small, for a grid of tiles.</summary>
    Sub,

    /// <summary>Large, for the tile that is looked at.</summary>
    Main,
}
