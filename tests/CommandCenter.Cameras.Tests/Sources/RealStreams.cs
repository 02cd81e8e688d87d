namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Tests with real streams: one after the other, for some count the threads and handles of the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealStreams
{
    public const string Name = "real streams";
}
