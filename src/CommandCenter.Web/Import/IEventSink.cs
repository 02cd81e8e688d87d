namespace CommandCenter.Web.Import;

/// <summary>Where an import sends its events: a running server, a data directory at rest, or a throw-away store.</summary>
/// <remarks>
/// One batch is in flight at a time. The answer means: every accepted line is durable. A batch may be submitted again
/// after a lost answer or a crash; event ids make the repeat harmless.
/// </remarks>
internal interface IEventSink : IAsyncDisposable
{
    /// <summary>Submits a batch of NDJSON lines, each ended by a line feed.</summary>
    /// <param name="ndjson">The lines. The caller owns the memory again when the task completes.</param>
    /// <param name="lines">The number of lines in <paramref name="ndjson"/>.</param>
    /// <param name="cancellationToken">Gives up; the batch may or may not have been taken.</param>
    /// <exception cref="ImportEnvironmentException">The sink cannot be reached or does not let us in.</exception>
    Task<SinkAnswer> SubmitAsync(ReadOnlyMemory<byte> ndjson, int lines, CancellationToken cancellationToken);
}

/// <summary>What became of one batch. Every line is accepted, a duplicate, or rejected.</summary>
internal sealed record SinkAnswer(int Accepted, int Duplicates, IReadOnlyList<SinkReject> Rejected)
{
    /// <summary>The code of a line that could not be decided now (<c>partition.…</c>): the batch must be repeated, it is not refused.</summary>
    internal string? Unavailable => Rejected.FirstOrDefault(line => line.Code.StartsWith("partition.", StringComparison.Ordinal))?.Code;
}

/// <summary>A line that was refused.</summary>
/// <param name="Line">1-based line of the batch.</param>
/// <param name="Code">Stable code, such as <c>case.already-closed</c>.</param>
/// <param name="Field">The field at fault, if one is.</param>
/// <param name="Message">For people; may change.</param>
internal sealed record SinkReject(int Line, string Code, string? Field, string Message);
