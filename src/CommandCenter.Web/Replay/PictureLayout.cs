using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>What of a picture is written because it differs from the one before. Stored: append only.</summary>
[Flags]
internal enum PictureChanges
{
    None = 0,

    /// <summary>The list of courts itself, with all their figures.</summary>
    Courts = 1,
    CourtFigures = 2,
    Funds = 4,
    Indicators = 8,
    Recent = 16,
    Proof = 32,
    Stopped = 64,
    Recount = 128,
    Demonstration = 256,
    LastYear = 512,
    Trends = 1_024,
    Parts = 2_048,
}

/// <summary>What writer and reader both have to know.</summary>
internal static class PictureLayout
{
    public const int FiguresPerCourt = 14;

    public const long StepTicks = 5 * TimeSpan.TicksPerMinute;

    /// <summary>By how many windows the day moved on; −1 when the windows have to be written whole.</summary>
    public static int ShiftOf(IReadOnlyList<FundsStep> before, IReadOnlyList<FundsStep> after)
    {
        if (before.Count != after.Count || before.Count == 0)
        {
            return -1;
        }

        var shift = (after[0].At - before[0].At).Ticks / StepTicks;
        if (shift < 0 || shift > before.Count)
        {
            return -1;
        }

        for (var i = 0; i < after.Count; i++)
        {
            if (after[i].At.UtcTicks != before[0].At.UtcTicks + ((shift + i) * StepTicks))
            {
                return -1;
            }
        }

        return (int)shift;
    }
}
