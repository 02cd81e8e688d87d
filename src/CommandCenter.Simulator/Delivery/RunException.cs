namespace CommandCenter.Simulator.Delivery;

/// <summary>A run cannot begin or go on, and no repetition mends it.</summary>
internal sealed class RunException : Exception
{
    /// <summary>Makes an exception with its exit code.</summary>
    /// <param name="exitCode">Exit code of the process that ends by it: 1 refused, 2 what it was given is wrong, 3 the product or the machine.</param>
    /// <param name="message">What happened, for a person.</param>
    public RunException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    /// <summary>Exit code of the process that ends by it.</summary>
    public int ExitCode { get; }
}
