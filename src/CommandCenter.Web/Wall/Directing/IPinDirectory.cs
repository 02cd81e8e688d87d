namespace CommandCenter.Web.Wall.Directing;

/// <summary>Answers whether what somebody wants to pin exists.</summary>
internal interface IPinDirectory
{
    /// <summary>All courts, in order, for a list to choose from.</summary>
    IReadOnlyList<PinChoice> Courts { get; }

    /// <summary>Looks for exactly one thing.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="text">What was typed: a court's mark, a case number, an officer's id with or without the mark of his court.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PinAnswer> FindAsync(PinKind kind, string text, CancellationToken cancellationToken);

    /// <summary>What is known of a case or an officer that is pinned; <see langword="null"/> when nothing is any more.</summary>
    /// <exception cref="CommandCenter.Runtime.Partitions.PartitionUnavailableException">Its court is stopped.</exception>
    Task<PinnedFacts?> ReadAsync(Pin pin, CancellationToken cancellationToken);
}

/// <summary>One court of the list.</summary>
internal sealed record PinChoice(string Key, string NameZh, string NameEn);

/// <summary>What was found: its key in the one stored form, or a code.</summary>
internal sealed record PinAnswer(string? Key, string? Code);
