namespace CommandCenter.Domain.Funds;

/// <summary>Which way money moves.</summary>
public enum FundsDirection
{
    /// <summary>案款到账, money in.</summary>
    In,

    /// <summary>案款发放, money out.</summary>
    Out,
}

/// <summary>One movement of money of a case.</summary>
/// <param name="Serial">The bank's serial number, unique in the case and direction.</param>
/// <param name="Direction">In or out.</param>
/// <param name="AmountFen">Amount in fen, never negative.</param>
/// <param name="ReversedFen">How much of it was reversed since, in fen.</param>
/// <param name="Reversals">The serial numbers of those reversals.</param>
public sealed record FundsEntry(
    string Serial, FundsDirection Direction, long AmountFen, long ReversedFen, IReadOnlyList<string> Reversals);

/// <summary>The money of one case (一案一账户). Sums of integer fen; a reversal is a counter-entry and never changes the past.</summary>
/// <param name="InFen">Received, net of reversals.</param>
/// <param name="OutFen">Paid out, net of reversals.</param>
/// <param name="Entries">Every movement, oldest first. Kept so that a bank serial is counted once for ever.</param>
public sealed record CaseFunds(long InFen, long OutFen, IReadOnlyList<FundsEntry> Entries)
{
    /// <summary>The greatest amount of one movement, of a claim, and of all that went one way in a case: integers up to here survive every reader of JSON (2^53 − 1).</summary>
    public const long AmountFenMax = (1L << 53) - 1;

    /// <summary>The most movements of one case: each is looked at by the next, and all of them travel with the case.</summary>
    public const int EntriesMax = 10_000;

    /// <summary>No money yet.</summary>
    public static readonly CaseFunds None = new(0, 0, []);

    /// <summary>What the case holds.</summary>
    public long HeldFen => InFen - OutFen;

    /// <summary>The movement of a serial number, or <see langword="null"/>.</summary>
    public FundsEntry? Find(string serial, FundsDirection direction)
    {
        foreach (var entry in Entries)
        {
            if (entry.Direction == direction && entry.Serial == serial)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The movement that a reversal names: money in first, since banks reverse postings far more often.</summary>
    public FundsEntry? FindOriginal(string serial) => Find(serial, FundsDirection.In) ?? Find(serial, FundsDirection.Out);

    /// <summary>Whether a reversal with this serial number was counted before.</summary>
    public bool HasReversal(string serial) => Entries.Any(entry => entry.Reversals.Contains(serial));

    /// <summary>The money after a movement.</summary>
    /// <exception cref="OverflowException">The sum leaves the range of 64 bits; amounts are checked so that it cannot.</exception>
    public CaseFunds After(string serial, FundsDirection direction, long amountFen) => checked(new CaseFunds(
        direction == FundsDirection.In ? InFen + amountFen : InFen,
        direction == FundsDirection.Out ? OutFen + amountFen : OutFen,
        [.. Entries, new FundsEntry(serial, direction, amountFen, 0, [])]));

    /// <summary>The money after a movement was reversed, wholly or in part.</summary>
    public CaseFunds AfterReversal(string serial, string original, FundsDirection direction, long amountFen) => checked(new CaseFunds(
        direction == FundsDirection.In ? InFen - amountFen : InFen,
        direction == FundsDirection.Out ? OutFen - amountFen : OutFen,
        [.. Entries.Select(entry => entry.Serial == original && entry.Direction == direction
            ? entry with { ReversedFen = entry.ReversedFen + amountFen, Reversals = [.. entry.Reversals, serial] }
            : entry)]));
}
