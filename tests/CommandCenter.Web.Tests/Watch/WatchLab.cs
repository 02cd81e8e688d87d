using CommandCenter.Domain;
using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Watch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Watch;

/// <summary>A watch over the grains of a lab; turns are taken by hand.</summary>
internal static class WatchLab
{
    public static CaseWatch Open(GrainLab grains, WorkingDays? calendar = null, WatchOptions? options = null) => new(
        grains.Host, calendar ?? WorkingDays.WeekendsOnly, Options.Create(options ?? new WatchOptions()), grains.Time, NullLogger<CaseWatch>.Instance);

    /// <summary>The same figures by going through every case of every partition once, with the dates of receipts as the test was told them.</summary>
    public static async Task<NaiveWatch> CountAsync(GrainLab lab, IReadOnlyDictionary<(CaseNumber, string), DateTimeOffset> receipts)
    {
        var naive = new NaiveWatch(ShanghaiTime.DayOf(lab.Time.GetUtcNow()));
        for (var partition = 0; partition < lab.Host.PartitionCount; partition++)
        {
            foreach (var state in await lab.Host.AskAsync(partition, AllOf, TestContext.Current.CancellationToken))
            {
                naive.Take(state, receipts);
            }
        }

        return naive;
    }

    private static CaseState[] AllOf(GrainModel model) =>
        [.. Enumerable.Range(0, model.Cases.Count).Select(place => model.Look(model.Cases[place].Number)!)];
}

/// <summary>What lapses and what waits, counted the slow and obvious way from whole states.</summary>
internal sealed class NaiveWatch(DateOnly today)
{
    public List<(string Court, DateOnly Until, CaseNumber Number)> Controls { get; } = [];

    public Dictionary<CaseNumber, List<(long Fen, int Days)>> Waiting { get; } = [];

    public long Within(string court, int days) => Controls.LongCount(one => one.Court == court && one.Until >= today && one.Until <= today.AddDays(days));

    public long Lapsed(string court) => Controls.LongCount(one => one.Court == court && one.Until < today);

    /// <summary>Fen by age, and cases by the age of their oldest money.</summary>
    public WaitingSum Band(int fromDays, int toDays) => new(
        Waiting.Values.LongCount(lots => lots.Max(static lot => lot.Days) is var oldest && oldest >= fromDays && oldest <= toDays),
        Waiting.Values.SelectMany(static lots => lots).Where(lot => lot.Days >= fromDays && lot.Days <= toDays).Sum(static lot => lot.Fen));

    public void Take(CaseState state, IReadOnlyDictionary<(CaseNumber, string), DateTimeOffset> receipts)
    {
        if (state is CaseState.Moved or CaseState.NotFiled)
        {
            return;
        }

        var file = state.FileOrNull!;
        if (state is CaseState.Open)
        {
            Controls.AddRange(file.Properties.Select(property => (file.CourtMark, property.Until, file.Number)));
        }

        // One fen after the other: the first that came in is the first that went out.
        var fen = file.Funds.Entries.Where(static entry => entry.Direction == FundsDirection.In)
            .Select(entry => (Fen: entry.AmountFen - entry.ReversedFen, Days: today.DayNumber - ShanghaiTime.DayOf(receipts[(file.Number, entry.Serial)]).DayNumber))
            .ToList();
        var paid = file.Funds.OutFen;
        while (paid > 0 && fen.Count > 0)
        {
            var step = Math.Min(paid, fen[0].Fen);
            paid -= step;
            fen[0] = (fen[0].Fen - step, fen[0].Days);
            if (fen[0].Fen == 0)
            {
                fen.RemoveAt(0);
            }
        }

        fen.RemoveAll(static lot => lot.Fen == 0);
        if (fen.Count > 0)
        {
            Waiting.Add(file.Number, fen);
        }
    }
}
