namespace CommandCenter.Simulator.Delivery;

/// <summary>The product cannot be reached, or refuses what we ask in a way that no repetition mends.</summary>
internal sealed class ProductException : Exception
{
    /// <summary>Makes an exception with its exit code.</summary>
    /// <param name="exitCode">Exit code of the process that ends by it.</param>
    /// <param name="message">What happened, for a person.</param>
    public ProductException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    /// <summary>Exit code of the process that ends by it.</summary>
    public int ExitCode { get; }
}
