using System.Collections.Concurrent;

namespace CommandCenter.Web.Wall.Heads;

/// <summary>An output of a wall as others see it.</summary>
/// <param name="Number">Which output, from 1; 0 is a page that shows the whole canvas.</param>
/// <param name="State">live, behind or silent.</param>
/// <param name="Since">When it connected.</param>
/// <param name="SeenAt">When it said something last.</param>
/// <param name="Scene">The scene that it shows.</param>
/// <param name="FramesPerSecond">How often its browser paints.</param>
/// <param name="SkewMs">How much later than the first output it painted the same frame.</param>
/// <param name="CutSkewMs">How much later than the first output it painted the same cut.</param>
/// <param name="Errors">Script errors of the page.</param>
internal sealed record HeadStatus(
    int Number, string State, DateTimeOffset Since, DateTimeOffset? SeenAt, string? Scene, double? FramesPerSecond, double? SkewMs, double? CutSkewMs, int? Errors)
{
    public const string Live = "live";
    public const string Behind = "behind";
    public const string Silent = "silent";
}

/// <summary>Who follows which wall now: the outputs in step by wall, every page's last word, and who fell silent.</summary>
internal sealed partial class WallHeads(WallFeed feed, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<WallHeads> logger)
{
    /// <summary>A page says something every second. Four missed words are a frozen page or a dead line.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, WallHead> _pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HeadGroup> _groups = new(StringComparer.Ordinal);
    private readonly Lock _joining = new();

    /// <summary>A page connects.</summary>
    public WallHead Join(string connectionId, string wallId, int number, WallLanguage language)
    {
        var head = new WallHead(wallId, number, language, time.GetUtcNow());
        _pages[connectionId] = head;
        if (number > 0)
        {
            lock (_joining)
            {
                if (!_groups.TryGetValue(wallId, out var group) || group.Heads.Count == 0)
                {
                    _groups[wallId] = group = new HeadGroup(feed, time);
                    group.Join(head);
                    _ = KeepAsync(wallId, group);
                }
                else
                {
                    group.Join(head);
                }
            }
        }

        return head;
    }

    /// <summary>A page is gone.</summary>
    public void Leave(string connectionId)
    {
        if (_pages.TryRemove(connectionId, out var head))
        {
            lock (_joining)
            {
                GroupOf(head)?.Leave(head); // With the lock: a group that runs out cannot take another in meanwhile.
            }
        }
    }

    /// <summary>A page is ready to show a frame.</summary>
    public void SetReady(string connectionId, long number)
    {
        if (_pages.TryGetValue(connectionId, out var head))
        {
            GroupOf(head)?.SetReady(head, number);
        }
    }

    /// <summary>A page says what it shows.</summary>
    public void Take(string connectionId, HeadReport report)
    {
        if (_pages.TryGetValue(connectionId, out var head))
        {
            head.Take(report, time.GetUtcNow());
        }
    }

    /// <summary>The pages of a wall by their number.</summary>
    public IReadOnlyList<HeadStatus> Of(string wallId)
    {
        var now = time.GetUtcNow();
        var heads = _pages.Values.Where(head => head.WallId == wallId).OrderBy(static head => head.Number).ThenBy(static head => head.Since).ToArray();
        var inStep = heads.Where(static head => head.Number > 0).Select(static head => head.Last?.Report).OfType<HeadReport>().ToArray();
        return [.. heads.Select(head =>
        {
            var report = head.Last?.Report;
            return new HeadStatus(
                head.Number,
                now - (head.Last?.At ?? head.Since) > SilentAfter ? HeadStatus.Silent : head.IsBehind ? HeadStatus.Behind : HeadStatus.Live,
                head.Since,
                head.Last?.At,
                report?.Scene,
                report?.FramesPerSecond,
                head.Number == 0 || report is null ? null : Later(report.PaintedAt, inStep.Where(other => other.Shown == report.Shown).Select(static other => other.PaintedAt)),
                head.Number == 0 || report is null || report.CutAt == 0
                    ? null
                    : Later(report.CutAt, inStep.Where(other => other.Scene == report.Scene && other.CutAt > 0).Select(static other => other.CutAt)),
                report?.Errors);
        })];
    }

    private async Task KeepAsync(string wallId, HeadGroup group)
    {
        try
        {
            await group.RunAsync(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The pages lose their line in a moment and come back to the next server.
        }
        catch (Exception exception)
        {
            // Without its group the outputs get nothing more, say that they are stale, and join again.
            Log.GroupFailed(logger, exception, wallId);
            lock (_joining)
            {
                _ = _groups.Remove(wallId);
                group.Heads.ForEach(group.Leave);
            }
        }
    }

    private static double? Later(double at, IEnumerable<double> all) => all.ToArray() is { Length: > 1 } times ? at - times.Min() : null;

    private HeadGroup? GroupOf(WallHead head)
    {
        lock (_joining)
        {
            return head.Number > 0 ? _groups.GetValueOrDefault(head.WallId) : null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The outputs of wall {Wall} fell out of step; they connect again")]
        public static partial void GroupFailed(ILogger logger, Exception exception, string wall);
    }
}
