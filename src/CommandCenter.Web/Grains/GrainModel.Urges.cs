using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Grains;

/// <content>Which cases were urged: few of many, so that nobody goes through all to find them.</content>
internal sealed partial class GrainModel
{
    // Follows from the states alone, so a snapshot need not hold it.
    private readonly SortedSet<int> _urged = [];

    /// <summary>Another object whenever an urged case changed in any way (its urges, its handler, its closing) or the model was loaded anew.</summary>
    public object UrgedStamp { get; private set; } = new();

    /// <summary>The places of the urged cases, in the order of filing. Closed ones are among them as long as their state is in memory.</summary>
    public IReadOnlyCollection<int> Urged => _urged;

    private void KeepUrged(int place, CaseState state)
    {
        if (state.FileOrNull is { Urges.Count: > 0 })
        {
            _ = _urged.Add(place);
            UrgedStamp = new object();
        }
    }
}
