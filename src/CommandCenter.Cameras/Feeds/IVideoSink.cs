using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Feeds;

/// <summary>Takes the pictures of a feed: a page that shows them, a recording.</summary>
public interface IVideoSink
{
    /// <summary>Takes a picture, or says that there is no room for it. Called in order, by one thread at a time, which must not wait.</summary>
    /// <param name="unit">The picture.</param>
    /// <returns>Whether it was taken. After <see langword="false"/> nothing is offered before the next key picture.</returns>
    bool Offer(AccessUnit unit);
}
