using System.Collections.Immutable;

namespace CommandCenter.Web.Wall.Heads;

/// <summary>The outputs of one wall in step: a frame is shown when all of them have it, on all of them at one instant.</summary>
/// <remarks>
/// A wall whose left half is a second ahead of its right half shows two truths. So a frame is sent to all outputs, each says that it
/// is ready to show it, and then all are told the same instant to do so. An output that takes longer than <see cref="LagMax"/> is
/// left behind, with its last picture and the age of that, and joins again with the first frame that it is ready for in time; it
/// never holds the others up twice.
/// </remarks>
internal sealed class HeadGroup(WallFeed feed, TimeProvider time)
{
    /// <summary>How long the others wait for an output.</summary>
    public static readonly TimeSpan LagMax = TimeSpan.FromMilliseconds(800);

    /// <summary>From the word to the instant: longer than the word takes to the farthest output, and two frames of its screen.</summary>
    public static readonly TimeSpan ShowLead = TimeSpan.FromMilliseconds(60);

    private readonly Lock _changing = new();
    private volatile ImmutableList<WallHead> _heads = [];
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableList<WallHead> Heads => _heads;

    public void Join(WallHead head) => Change(() => _heads = _heads.Add(head));

    public void Leave(WallHead head)
    {
        head.Leave();
        Change(() => _heads = _heads.Remove(head));
    }

    public void SetReady(WallHead head, long number) => Change(() => head.SetReady(number));

    /// <summary>Runs until the last output left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_heads.Count > 0)
        {
            var publication = feed.Latest;
            foreach (var head in _heads)
            {
                _ = head.Offer(publication);
            }

            // Who still holds an older frame got no new one, and is not waited for a second time.
            var offered = _heads.Where(head => head.Offered == publication.Number).ToArray();
            await UntilAsync(() => offered.All(head => head.Ready == publication.Number || !_heads.Contains(head)), LagMax, cancellationToken);

            var changed = _changed.Task; // Taken before the word is given: whoever comes after it is not missed.
            if (_heads.IsEmpty)
            {
                return; // The last one left before that: no change would come any more, and nobody is to be told.
            }

            var at = time.GetUtcNow() + ShowLead;
            foreach (var head in _heads)
            {
                head.Show(publication.Number, at);
            }

            // A new frame, an output that joins, or one that is ready at last.
            await Task.WhenAny(publication.Succeeded, changed).WaitAsync(cancellationToken);
        }
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            var changed = _changed.Task;
            var left = atMost - time.GetElapsedTime(begin);
            if (condition() || left <= TimeSpan.Zero)
            {
                return;
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(left, time, over.Token));
            await over.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_changing)
        {
            change();
            before = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.SetResult();
    }
}
