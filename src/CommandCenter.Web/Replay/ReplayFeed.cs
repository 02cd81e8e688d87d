using System.Runtime.CompilerServices;
using System.Text.Json;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Replay;

/// <summary>What a frame of a replay says beside its figures.</summary>
/// <param name="At">The moment that it shows.</param>
/// <param name="Speed">Times real time; 0 for a picture that stands still.</param>
/// <param name="Kind">One of <see cref="MomentKind"/>.</param>
/// <param name="Gap">The gap in which the moment lies.</param>
/// <param name="Corrections">What is known better now.</param>
/// <param name="IsEnd">The replay has reached the last picture.</param>
/// <param name="Parts">Names of the parts that there are of the moment; a panel that needs another one has nothing to show.</param>
internal sealed record ReplayMark(
    DateTimeOffset At, int Speed, string Kind, HistoryGap? Gap, CorrectionReport Corrections, bool IsEnd, IReadOnlyList<string> Parts);

/// <summary>Plays the past to whoever asks, each at his own pace: frames of the same writers as the live ones.</summary>
/// <remarks>
/// A follower pulls. The moment of a frame follows from the clock, not from the frame before, so that a slow page skips frames and is never
/// behind. In a gap the last picture stands for two seconds and says so; then the replay goes on behind the gap.
/// </remarks>
internal sealed class ReplayFeed(
    ShownHistory history, TimeMachine machine, IEnumerable<IWallPartSource> sources, WallInstance instance, IOptions<ReplayOptions> options, TimeProvider time)
{
    public const int SpeedMax = 600;

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_gapShownFor = TimeSpan.FromSeconds(2);

    // These are written anew from the figures; the others were recorded as they travelled.
    private readonly FigurePart[] _sources = [.. sources.OfType<FigurePart>()];
    private int _running;

    /// <summary>Replays that run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Frames of the past; one only at speed 0.</summary>
    /// <exception cref="HubException">The speed or the moment cannot be played, or too many play; the message is a code.</exception>
    public async IAsyncEnumerable<WallFrame> PlayAsync(
        WallDefinition wall, WallLanguage language, DateTimeOffset from, int speed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (speed is < 0 or > SpeedMax)
        {
            throw new HubException("history.bad-speed");
        }

        try
        {
            if (Interlocked.Increment(ref _running) > options.Value.ReplaysMax)
            {
                throw new HubException("history.too-many-replays");
            }

            var (pictures, boundaries) = (new HistoryCursor(history), new HistoryCursor(history));
            var (origin, started) = (from, time.GetTimestamp());
            var frames = new ReplayPublisher(_sources, instance);
            for (var isFirst = true; ; isFirst = false)
            {
                var at = origin + (speed * time.GetElapsedTime(started));
                var now = time.GetUtcNow();
                var isEnd = speed > 0 && at >= now && !isFirst; // Who begins in the future is refused, not given the present.
                var moment = await LookAsync(isEnd ? now : at, pictures, boundaries, cancellationToken);
                yield return frames.FrameOf(wall, moment, language, speed, isEnd);
                if (isEnd || speed == 0)
                {
                    yield break;
                }

                if (moment.Gap is { Reason: not GapReason.Now } gap)
                {
                    await Task.Delay(s_gapShownFor, time, cancellationToken);
                    (origin, started) = (gap.To, time.GetTimestamp());
                    continue;
                }

                await Task.Delay(s_pace, time, cancellationToken);
            }
        }
        finally
        {
            _ = Interlocked.Decrement(ref _running);
        }
    }

    private async Task<PastMoment> LookAsync(DateTimeOffset at, HistoryCursor pictures, HistoryCursor boundaries, CancellationToken cancellationToken)
    {
        try
        {
            return await machine.LookAsync(at, pictures, boundaries, cancellationToken);
        }
        catch (NoSuchMomentException exception)
        {
            throw new HubException(exception.Code);
        }
    }

    /// <summary>The one frame of a moment, for the page that is drawn first.</summary>
    public WallFrame FrameOf(WallDefinition wall, PastMoment moment, WallLanguage language) =>
        new ReplayPublisher(_sources, instance).FrameOf(wall, moment, language, speed: 0, isEnd: false);
}

/// <summary>Makes the frames of one replay: those parts of each that changed since the one before, by the writers of live frames.</summary>
internal sealed class ReplayPublisher(IReadOnlyList<FigurePart> sources, WallInstance instance)
{
    private readonly Dictionary<string, long> _sent = new(StringComparer.Ordinal);
    private IReadOnlyList<WallPart> _parts = [];
    private IReadOnlyDictionary<string, ShownPart> _others = ShownPicture.NoParts;
    private WallPart[] _otherParts = [];
    private WallSample? _sample;
    private CityFigures? _figures;
    private long _number;

    /// <summary>The next frame.</summary>
    public WallFrame FrameOf(WallDefinition wall, PastMoment moment, WallLanguage language, int speed, bool isEnd)
    {
        if (_sample is null || !ReferenceEquals(_figures, moment.Figures))
        {
            // Two runs of the server count their versions from one: what is another picture gets another number here.
            _figures = moment.Figures;
            _sample = new WallSample(_figures with { Version = _number + 1 });
            _parts = _parts.Count == 0
                ? [.. sources.Select(source => new WallPart(source, 0, source.Read(_sample)))]
                : [.. _parts.Select(part => Next(part, _sample))];
        }

        var others = moment.Shown?.Parts ?? ShownPicture.NoParts;
        if (!ReferenceEquals(others, _others))
        {
            _others = others;
            _otherParts = [.. others.Values.Select(part => _otherParts.FirstOrDefault(old => part.Equals(old.State)) ?? new WallPart(RecordedPart.Of(part.Name), _number + 1, part))];
        }

        _number++;
        WallPart[] parts = [.. _parts, .. _otherParts];
        var mark = new ReplayMark(moment.At, speed, moment.Kind, moment.Gap, moment.Corrections, isEnd, [.. parts.Select(static part => part.Name)]);
        return new WallPublication(_number, _sample, parts, moment.At, timestamp: 0, instance)
            .FrameOf(wall, language, _sent, json => ReplayFrames.Write(json, mark, language));
    }

    private static WallPart Next(WallPart before, WallSample sample)
    {
        var state = before.Source.Read(sample);
        return state.Equals(before.State) ? before : new WallPart(before.Source, before.Revision + 1, state);
    }
}

/// <summary>A part that comes from the recording: its words were written when it was shown.</summary>
internal sealed class RecordedPart : IWallPartSource
{
    private RecordedPart(string name) => Name = name;

    public string Name { get; }

    public static RecordedPart Of(string name) => new(name);

    public object Read(WallSample sample) => throw new NotSupportedException("A recorded part is read from the recording.");

    public void Write(Utf8JsonWriter json, object state, WallLanguage language) =>
        json.WriteRawValue(((ShownPart)state).In(language).Span, skipInputValidation: true);
}
