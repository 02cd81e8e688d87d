using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;

namespace CommandCenter.Web.Tests.Overview;

/// <summary>Where cases stand and how long they stood, counted again from the facts alone: every time is kept, and a quantile is looked up in a sorted list.</summary>
internal sealed class NaiveFlow
{
    private readonly Dictionary<CaseNumber, Stand> _stands = [];

    /// <summary>Every time that a case of the main classes went on: court, node, year and whole minutes.</summary>
    public List<(string Court, int Node, int Year, int Minutes)> Passed { get; } = [];

    /// <summary>The pending cases of the main classes.</summary>
    public IEnumerable<Stand> Pending => _stands.Values.Where(static stand => stand.IsOpen && stand.IsMain);

    public void Take(GrainCommand.Fact told)
    {
        if (told is not GrainCommand.CaseFact { Command: var command, Number: var number })
        {
            return;
        }

        if (command is FileCase)
        {
            _stands.Add(number, new Stand(number.Type.Class is CaseClass.First or CaseClass.Reinstated)
            {
                Court = number.CourtMark,
                Node = 1,
                NodeAt = command.At,
                Since = Minute(command.At),
                IsOpen = true,
            });
            return;
        }

        var stand = _stands[number];
        var (node, wasOpen) = (stand.Node, stand.IsOpen);
        switch (command)
        {
            case AssignCase c when c.At >= stand.HandlerAt:
                (stand.Handler, stand.HandlerAt) = (c.Handler, c.At);
                stand.Reach(2, c.At);
                break;
            case ReachNode c:
                stand.Reach(c.Node, c.At);
                break;
            case SuspendCase c:
                _ = stand.Grounds.Add(c.Ground);
                break;
            case ResumeCase c:
                _ = stand.Grounds.Remove(c.Ground);
                break;
            case TransferCase c:
                stand.Court = c.ToCourt;
                stand.Since = Math.Max(Minute(c.At), Minute(stand.NodeAt));
                return;
            case RevokeClosing c:
                stand.IsOpen = true;
                stand.Since = Math.Max(Minute(c.At), Minute(stand.NodeAt));
                return;
            case CloseCase c:
                stand.IsOpen = false;
                Leave(stand, node, c.At);
                return;
            default:
                return;
        }

        if (wasOpen && stand.Node != node)
        {
            Leave(stand, node, stand.NodeAt);
        }
    }

    /// <summary>The time of the given rank as a page shows it: truncated to hours below two days, tenths of a day below thirty, then days.</summary>
    public static int? Quantile(IEnumerable<int> minutes, double share)
    {
        int[] sorted = [.. minutes.Order()];
        if (sorted.Length == 0)
        {
            return null;
        }

        var value = Math.Max(0, sorted[(int)Math.Ceiling(sorted.Length * share) - 1]);
        var days = value / 1440.0;
        return days < 2 ? value / 60 * 60 : days < 30 ? (int)Math.Floor(days * 10) * 144 : (int)Math.Floor(days) * 1440;
    }

    public static int Minute(DateTimeOffset at) => (int)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalMinutes);

    private void Leave(Stand stand, int node, DateTimeOffset at)
    {
        if (Minute(at) >= stand.Since && stand.IsMain)
        {
            Passed.Add((stand.Court, node, at.ToOffset(TimeSpan.FromHours(8)).Year, Minute(at) - stand.Since));
        }

        stand.Since = Math.Max(stand.Since, Minute(at));
    }

    internal sealed class Stand(bool isMain)
    {
        public bool IsMain { get; } = isMain;

        public string Court { get; set; } = "";

        public string? Handler { get; set; }

        public DateTimeOffset HandlerAt { get; set; } = DateTimeOffset.UnixEpoch;

        public int Node { get; set; }

        public DateTimeOffset NodeAt { get; set; }

        public int Since { get; set; }

        public bool IsOpen { get; set; }

        public HashSet<string> Grounds { get; } = [];

        public void Reach(int node, DateTimeOffset at)
        {
            if (at >= NodeAt)
            {
                (Node, NodeAt) = (node, at);
            }
        }
    }
}
