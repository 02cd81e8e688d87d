namespace CommandCenter.Benchmarks.Reporting;

/// <summary>Prints figures as they come and all of them once more at the end.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<Measurement> _measurements = [];

    /// <summary>Something that was measured is wrong, so that its speed says nothing.</summary>
    public bool HasFailed { get; private set; }

    public void Fail(string why)
    {
        HasFailed = true;
        output.WriteLine("  WRONG: " + why);
    }

    public void Say(string line) => output.WriteLine(line);

    public void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        output.WriteLine("  " + measurement);
    }

    public void Conclude()
    {
        output.WriteLine();
        output.WriteLine(Machine.Describe());
        foreach (var measurement in _measurements)
        {
            output.WriteLine(measurement);
        }

        if (HasFailed)
        {
            output.WriteLine("A result above is WRONG; see the lines that say so.");
        }
    }
}
