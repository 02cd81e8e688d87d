namespace CommandCenter.Cameras.Recording;

/// <summary>Hears what has to be anchored elsewhere. Called on the thread that did it, in the order of a camera's chain; it must neither block nor throw.</summary>
/// <remarks>What is said here is on the disk already. A crash can come in between, so a host that must not miss a line compares chain heads at its start.</remarks>
public interface IRecordingObserver
{
    /// <summary>A segment ended.</summary>
    void Closed(ClosedSegment segment);

    /// <summary>A segment was removed for its age or for room.</summary>
    void Removed(RemovedSegment segment);
}
