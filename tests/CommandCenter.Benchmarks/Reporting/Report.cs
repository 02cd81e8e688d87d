namespace CommandCenter.Benchmarks.Reporting;

/// <summary>Prints figures as they come and all of them once more at the end.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<Measurement> _measurements = [];

    public TextWriter Output { get; } = output;

    /// <summary>Whether no figure has missed its budget.</summary>
    public bool IsWithinBudgets => _measurements.All(static measurement => measurement.IsMet is not false);

    public void Say(string line) => Output.WriteLine(line);

    public void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        Output.WriteLine("  " + measurement);
    }

    public void Conclude()
    {
        Output.WriteLine();
        Output.WriteLine(Machine.Describe());
        foreach (var measurement in _measurements)
        {
            Output.WriteLine(measurement);
        }
    }
}
