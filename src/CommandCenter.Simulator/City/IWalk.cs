using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.City;

/// <summary>A walk along the plan of one part of the city, from the past into the present.</summary>
internal interface IWalk
{
    /// <summary>The events after those already walked, up to and including a moment, in the order of time.</summary>
    /// <remarks>To be enumerated to its end before the next call; moments never go back.</remarks>
    IEnumerable<PlannedEvent> Until(DateTimeOffset moment);
}
