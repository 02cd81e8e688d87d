namespace CommandCenter.Simulator.Delivery;

/// <summary>How a request is repeated when its answer is lost, or when the product asks to wait.</summary>
internal sealed record RetryPolicy
{
    /// <summary>The first wait; each further one is twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait, also when the product asks for more.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request is repeated before the run ends. A product that is updated or repaired is back by then.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long one answer is waited for.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before an attempt is repeated.</summary>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    /// <param name="asked">What the product asked for, if it did.</param>
    public TimeSpan WaitAfter(int attempt, TimeSpan? asked)
    {
        var wait = asked ?? FirstWait * Math.Pow(2, Math.Min(attempt - 1, 16));
        return wait < WaitMax ? wait : WaitMax;
    }
}
