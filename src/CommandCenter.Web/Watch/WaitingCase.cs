using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Watch;

/// <summary>待发案款 of one case: what it received and has not paid out, receipt by receipt.</summary>
/// <remarks>
/// What is paid out counts against the receipt that was booked first. A state keeps every receipt with its amount and no date; the date is
/// that of its event in the journal (<see cref="ReceiptDates"/>). One thread at a time.
/// </remarks>
internal sealed class WaitingCase(CaseNumber number, int court, ChainLink last, WaitingLot[] lots)
{
    public CaseNumber Number => number;

    public int Court => court;

    /// <summary>The last record of the case when it was looked at.</summary>
    public ChainLink Last => last;

    /// <summary>What waits, booked first first.</summary>
    public WaitingLot[] Lots => lots;

    public long Fen => lots.Sum(static lot => lot.Fen);

    /// <summary>Where the search for dates goes on; <see cref="ChainLink.None"/> once nothing is left to search.</summary>
    public ChainLink SearchFrom { get; set; } = Array.TrueForAll(lots, static lot => lot.Day is not null) ? ChainLink.None : last;

    /// <summary>The receipts of a case of which something waits.</summary>
    public static WaitingLot[] LotsOf(CaseFunds funds)
    {
        if (funds.HeldFen <= 0)
        {
            return [];
        }

        var lots = new List<WaitingLot>();
        var paid = funds.OutFen;
        foreach (var entry in funds.Entries)
        {
            if (entry.Direction == FundsDirection.In)
            {
                var net = entry.AmountFen - entry.ReversedFen;
                var used = Math.Min(net, paid);
                paid -= used;
                if (net > used)
                {
                    lots.Add(new WaitingLot(entry.Serial, net - used));
                }
            }
        }

        return [.. lots];
    }

    /// <summary>Takes over the dates that an earlier look had found.</summary>
    public void TakeDates(WaitingCase before)
    {
        foreach (var lot in lots)
        {
            lot.Day ??= Array.Find(before.Lots, other => other.Serial == lot.Serial)?.Day;
        }

        SearchFrom = Array.TrueForAll(lots, static lot => lot.Day is not null) ? ChainLink.None
            : before.Last == last ? before.SearchFrom // Nothing was recorded since: what was not found so far is not found again.
            : last;
    }
}

/// <summary>The part of one receipt that waits.</summary>
/// <param name="serial">The bank's serial number.</param>
/// <param name="fen">How much of it.</param>
internal sealed class WaitingLot(string serial, long fen)
{
    public string Serial => serial;

    public long Fen => fen;

    /// <summary>When it came, a day in Shanghai; <see langword="null"/> until it was found.</summary>
    public DateOnly? Day { get; set; }
}
