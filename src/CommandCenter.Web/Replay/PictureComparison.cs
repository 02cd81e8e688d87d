using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>Whether what one picture holds is what the next one holds, down to the lists in it, which records compare by reference only.</summary>
internal static class PictureComparison
{
    public static bool SameCourts(IReadOnlyList<CourtFigures> before, IReadOnlyList<CourtFigures> after)
    {
        if (before.Count != after.Count)
        {
            return false;
        }

        for (var i = 0; i < before.Count; i++)
        {
            var (a, b) = (before[i], after[i]);
            if (!ReferenceEquals(a, b) && (a.Mark != b.Mark || a.NameZh != b.NameZh || a.NameEn != b.NameEn || a.Level != b.Level))
            {
                return false;
            }
        }

        return true;
    }

    public static bool SameTrends(IReadOnlyList<CourtTrend> before, IReadOnlyList<CourtTrend> after) =>
        ReferenceEquals(before, after)
        || (before.Count == after.Count
            && before.Zip(after).All(static pair => pair.First.Mark == pair.Second.Mark && pair.First.PendingByDay.SequenceEqual(pair.Second.PendingByDay)));

    public static bool SameStopped(IReadOnlyList<StoppedPartition> before, IReadOnlyList<StoppedPartition> after) =>
        before.Count == after.Count && before.Zip(after).All(static pair =>
            pair.First.Index == pair.Second.Index && pair.First.Reason == pair.Second.Reason && pair.First.CourtMarks.SequenceEqual(pair.Second.CourtMarks));

    public static bool SameReport(RecountReport before, RecountReport after) =>
        ReferenceEquals(before, after)
        || (before.IsPaused == after.IsPaused && before.Cycles == after.Cycles && before.Partitions.Count == after.Partitions.Count
            && before.Partitions.Zip(after.Partitions).All(static pair => SamePartition(pair.First, pair.Second)));

    public static bool SamePartition(PartitionProof a, PartitionProof b) =>
        ReferenceEquals(a, b)
        || (a with { Marks = b.Marks, Courts = b.Courts } == b && a.Marks.SequenceEqual(b.Marks)
            && a.Courts.Count == b.Courts.Count && a.Courts.Zip(b.Courts).All(static pair => SameCourt(pair.First, pair.Second)));

    public static bool SameCourt(CourtProof a, CourtProof b) =>
        ReferenceEquals(a, b) || (a with { Differences = b.Differences } == b && a.Differences.SequenceEqual(b.Differences));
}
