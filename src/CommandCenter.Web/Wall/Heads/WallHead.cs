using System.Text.Json;
using System.Threading.Channels;

namespace CommandCenter.Web.Wall.Heads;

/// <summary>What a page says of itself once a second.</summary>
/// <param name="Shown">The number of the frame that it shows.</param>
/// <param name="PaintedAt">When it was painted, in milliseconds of the server's clock.</param>
/// <param name="Scene">The scene that it shows.</param>
/// <param name="CutAt">When that scene was painted first, in milliseconds of the server's clock; 0 when it was there from the start.</param>
/// <param name="FramesPerSecond">How often the browser painted in the last second.</param>
/// <param name="Errors">Script errors since the page was opened.</param>
public sealed record HeadReport(long Shown, double PaintedAt, string Scene, double CutAt, double FramesPerSecond, int Errors);

/// <summary>One page that follows a wall: which output it is, what it was sent and what it said.</summary>
/// <remarks>At most one frame is on its way to it. While it has not said that it is ready to show that one, it gets no other.</remarks>
internal sealed class WallHead
{
    private const int ItemsMax = 4;
    private const int SceneLengthMax = 32;

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(ItemsMax);
    private readonly Dictionary<string, long> _sent = new(StringComparer.Ordinal);

    public WallHead(string wallId, int number, WallLanguage language, DateTimeOffset since)
    {
        WallId = wallId;
        Number = number;
        Language = language;
        Since = since;
    }

    public string WallId { get; }

    /// <summary>Which output of the wall, from 1.</summary>
    public int Number { get; }

    public WallLanguage Language { get; }

    /// <summary>When it connected.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>The last frame that was sent to it.</summary>
    public long Offered { get; private set; }

    /// <summary>The last frame that it is ready to show.</summary>
    public long Ready { get; private set; }

    /// <summary>The last frame that it was told to show.</summary>
    public long Told { get; private set; }

    /// <summary>Whether it missed the last common instant.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>What it said last, and when.</summary>
    public (HeadReport Report, DateTimeOffset At)? Last { get; private set; }

    /// <summary>Sends a frame, unless one is on its way.</summary>
    public bool Offer(WallPublication publication)
    {
        if (Ready != Offered || publication.Number == Offered)
        {
            return false;
        }

        Offered = publication.Number;
        return _items.Writer.TryWrite(new Item(publication, null));
    }

    /// <summary>The page has everything of a frame and waits for the word to show it.</summary>
    public void SetReady(long number) => Ready = number == Offered ? number : Ready;

    /// <summary>The word to show a frame at an instant, if it is ready for it.</summary>
    public void Show(long number, DateTimeOffset at)
    {
        IsBehind = Ready != number;
        if (!IsBehind && Told != number)
        {
            Told = number;
            _ = _items.Writer.TryWrite(new Item(null, (number, at)));
        }
    }

    /// <summary>Takes a report in; one that no page of ours would send is dropped.</summary>
    public void Take(HeadReport report, DateTimeOffset now)
    {
        if (report.Scene is { Length: <= SceneLengthMax } && double.IsFinite(report.PaintedAt) && double.IsFinite(report.CutAt))
        {
            Last = (report, now);
        }
    }

    public void Leave() => _items.Writer.TryComplete();

    /// <summary>What is sent to the page: frames, and the words to show them.</summary>
    public async IAsyncEnumerable<WallFrame> ReadAsync(
        WallCatalog catalog, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (publication, show) in _items.Reader.ReadAllAsync(cancellationToken))
        {
            if (show is { } word)
            {
                yield return new WallFrame(JsonSerializer.SerializeToUtf8Bytes(new { show = word.Number, at = word.At.ToUnixTimeMilliseconds() }));
            }
            else if (catalog.Find(WallId) is { } wall)
            {
                yield return publication!.FrameOf(wall, Language, _sent);
            }
        }
    }

    private sealed record Item(WallPublication? Publication, (long Number, DateTimeOffset At)? Show);
}
