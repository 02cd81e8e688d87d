using CommandCenter.Web.Wall;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Web.Replay;

/// <summary>What the recording says of itself.</summary>
/// <param name="First">The first picture that is kept.</param>
/// <param name="Last">The last one, written or about to be.</param>
/// <param name="SizeBytes">On disk.</param>
/// <param name="UnsavedBytes">Waiting for the next commit.</param>
/// <param name="Pictures">Recorded since the start.</param>
/// <param name="Skipped">Not recorded since the start: the clock stood still or went back.</param>
/// <param name="Fault">Why nothing can be written now.</param>
/// <param name="FaultSince">Since when.</param>
/// <param name="PutAside">Why an older recording could not be used, and where it is.</param>
internal sealed record HistoryState(
    DateTimeOffset? First, DateTimeOffset? Last, long SizeBytes, long UnsavedBytes, long Pictures, long Skipped,
    string? Fault, DateTimeOffset? FaultSince, string? PutAside);

/// <summary>
/// The recording of what the walls showed. <see cref="Take"/> keeps a picture in memory and never waits for the disk; <see cref="Flush"/> writes
/// what came since, a few seconds of pictures in one commit. Any thread may read.
/// </summary>
/// <remarks>
/// While the disk takes nothing, pictures wait in memory up to a limit. Beyond it they are given up, and the time from the last picture that is on
/// disk to the next one that gets there is a gap with a reason: a moment in it has no picture, and nobody is shown another one in its place.
/// </remarks>
internal sealed partial class ShownHistory : IDisposable
{
    /// <summary>Without a picture for longer, there is a gap.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(10);

    /// <summary>A block begins with a whole picture.</summary>
    public static readonly TimeSpan BlockLength = TimeSpan.FromMinutes(5);

    private const int EventsMax = 1_000;

    private readonly ReplayOptions _options;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _state = new();
    private readonly Lock _writing = new();
    private readonly List<PictureBlock> _sealed = [];
    private readonly List<HistoryGap> _gaps = [];
    private readonly List<HistoryGap> _newGaps = [];
    private readonly List<NotableEvent> _newEvents = [];
    private volatile HistoryDatabase? _database;
    private PictureWriter? _open;
    private CityFigures? _lastFigures;
    private IReadOnlyList<ShownPart> _lastParts = [];
    private long _openFirst;
    private int _openSaved;
    private long? _first;
    private long? _last;
    private long? _savedLast;
    private long _size;
    private long _pictures;
    private long _skipped;
    private long? _ownFirst;
    private bool _isGivenUp;
    private bool _hasGivenUp;
    private bool _isRetentionDue = true;
    private string? _fault;
    private DateTimeOffset? _faultSince;
    private string? _putAside;

    public ShownHistory(ReplayOptions options, string directory, TimeProvider time, ILogger logger)
    {
        _options = options;
        _directory = directory;
        _time = time;
        _logger = logger;
        TryOpen();
    }

    /// <summary>What the recording says of itself.</summary>
    public HistoryState State
    {
        get
        {
            lock (_state)
            {
                return new HistoryState(InstantOf(_first), InstantOf(_last), _size, Unsaved(), _pictures, _skipped, _fault, _faultSince, _putAside);
            }
        }
    }

    /// <summary>Records a picture.</summary>
    /// <param name="figures">The figures of all courts.</param>
    /// <param name="at">When they are shown.</param>
    /// <param name="parts">What else is on the walls; <see langword="null"/> when nobody looked at it this time.</param>
    public void Take(CityFigures figures, DateTimeOffset at, IReadOnlyList<ShownPart>? parts = null)
    {
        var ms = at.ToUnixTimeMilliseconds();
        lock (_state)
        {
            if (ms <= _last)
            {
                // The clock was set back. What is recorded is not told twice; recording goes on where it ended.
                _skipped++;
                return;
            }

            if (_last is { } last && ms - last > SilenceMax.TotalMilliseconds)
            {
                AddGap(last, ms, _isGivenUp ? GapReason.NotWritten : _ownFirst is null ? GapReason.Stopped : GapReason.Silent);
                Seal();
            }

            if (_open is not null && ms - _openFirst >= BlockLength.TotalMilliseconds)
            {
                Seal();
            }

            if (_open is null)
            {
                (_open, _openFirst, _openSaved) = (new PictureWriter(), ms, 0);
            }

            // A block begins whole: what nobody looked at just now is as it was.
            _lastParts = parts ?? _lastParts;
            _open.Write(ms, figures, parts ?? (ms == _openFirst ? _lastParts : []));
            if (_lastFigures is not null)
            {
                _newEvents.AddRange(NotableEvent.Between(_lastFigures, figures, InstantOf(ms)!.Value));
                if (_newEvents.Count > EventsMax)
                {
                    _newEvents.RemoveRange(0, _newEvents.Count - EventsMax);
                }
            }

            _lastFigures = figures;
            _isGivenUp = false;
            _ownFirst ??= ms;
            _first ??= ms;
            _last = ms;
            _pictures++;
        }
    }

    /// <summary>Writes what came since the last time.</summary>
    /// <returns>Whether all of it is on disk now.</returns>
    public bool Flush()
    {
        lock (_writing)
        {
            if (_database is null && !TryOpen())
            {
                GiveUpIfTooMuch();
                return false;
            }

            var (commit, open, length) = Collect();
            try
            {
                _database!.Write(commit);
                Settle(commit, open, length);
                if (_isRetentionDue || commit.Sealed.Count > 0)
                {
                    Retain();
                    _isRetentionDue = false;
                }

                lock (_state)
                {
                    _size = _database.ReadSize();
                    (_fault, _faultSince) = (null, null);
                }

                return true;
            }
            catch (SqliteException exception)
            {
                Fail(exception.Message);
                if (HistoryDatabase.IsDamage(exception))
                {
                    Replace(exception.Message);
                }

                GiveUpIfTooMuch();
                return false;
            }
        }
    }

    /// <summary>Gaps that reach into a time, the earliest first, and the one that is open now.</summary>
    public IReadOnlyList<HistoryGap> GapsIn(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_state)
        {
            return [.. _gaps.Where(gap => gap.To > from && gap.From < to)];
        }
    }

    /// <summary>The gap in which a moment lies; its ends have pictures and do not belong to it.</summary>
    public HistoryGap? GapAt(DateTimeOffset at)
    {
        lock (_state)
        {
            var place = _gaps.FindLastIndex(gap => gap.From < at);
            return place >= 0 && _gaps[place].To > at ? _gaps[place]
                : InstantOf(_last) is { } last && at - last > SilenceMax ? new HistoryGap(last, _time.GetUtcNow(), GapReason.Now)
                : null;
        }
    }

    /// <summary>Events of a time.</summary>
    public IReadOnlyList<NotableEvent> EventsIn(DateTimeOffset from, DateTimeOffset to, int countMax)
    {
        NotableEvent[] unsaved;
        lock (_state)
        {
            unsaved = [.. _newEvents.Where(notable => notable.At >= from && notable.At <= to)];
        }

        var saved = _database?.ReadEvents(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), countMax) ?? [];
        return [.. saved.Concat(unsaved).DistinctBy(static notable => notable).Take(countMax)];
    }

    /// <summary>The block in which a moment lies, or the last one before it; <see langword="null"/> before the first picture.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public PictureBlock? BlockAt(long at)
    {
        lock (_state)
        {
            if (_open is not null && at >= _openFirst)
            {
                return new PictureBlock(_openFirst, _last!.Value, _open.Written.ToArray());
            }

            if (_sealed.FindLast(block => block.First <= at) is { } block)
            {
                return block;
            }
        }

        try
        {
            return _database?.ReadBlock(at);
        }
        catch (SqliteException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _database?.Dispose();
            _database = null;
        }
    }

    private static DateTimeOffset? InstantOf(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    private long Unsaved() => _sealed.Sum(static block => (long)block.Bytes.Length) + (_open is null ? 0 : _open.Written.Length - _openSaved);

    private void AddGap(long from, long to, string reason)
    {
        var gap = new HistoryGap(InstantOf(from)!.Value, InstantOf(to)!.Value, reason);
        _gaps.Add(gap);
        _newGaps.Add(gap);
    }

    private void Seal()
    {
        if (_open is not null)
        {
            _sealed.Add(new PictureBlock(_openFirst, _last!.Value, _open.Written.ToArray()));
            _open = null;
        }
    }

    private (HistoryCommit Commit, PictureWriter? Open, int Length) Collect()
    {
        lock (_state)
        {
            PictureBlock? piece = null;
            var length = _open?.Written.Length ?? 0;
            if (length > _openSaved)
            {
                // A piece is found by when it ends; only the block's own number says when it begins.
                piece = new PictureBlock(_last!.Value, _last!.Value, _open!.Written[_openSaved..].ToArray());
            }

            return (new HistoryCommit([.. _sealed], piece, _openFirst, [.. _newGaps], [.. _newEvents]), _open, length);
        }
    }

    private void Settle(HistoryCommit commit, PictureWriter? open, int length)
    {
        lock (_state)
        {
            _ = _sealed.RemoveAll(commit.Sealed.Contains);
            _ = _newGaps.RemoveAll(commit.Gaps.Contains);
            _newEvents.RemoveRange(0, Math.Min(commit.Events.Count, _newEvents.Count));
            if (ReferenceEquals(open, _open))
            {
                _openSaved = length;
            }

            _savedLast = commit.Piece?.Last ?? (commit.Sealed.Count > 0 ? commit.Sealed[^1].Last : _savedLast);
        }
    }

    private void Retain()
    {
        _database!.Retain((_time.GetUtcNow() - TimeSpan.FromDays(_options.DaysMax)).ToUnixTimeMilliseconds(), _options.MebibytesMax * 1024L * 1024);
        var first = _database.ReadFirst();
        lock (_state)
        {
            _first = first ?? (_sealed.Count > 0 ? _sealed[0].First : _open is null ? null : _openFirst);
            _ = _gaps.RemoveAll(gap => InstantOf(_first) is { } kept && gap.To <= kept);
        }
    }

    private bool TryOpen()
    {
        try
        {
            var database = HistoryDatabase.Open(_directory, _time.GetUtcNow(), out var putAside);
            database.SealLeftPieces();
            var (first, last, gaps, size) = (database.ReadFirst(), database.ReadLast(), database.ReadGaps(), database.ReadSize());
            lock (_state)
            {
                _putAside = putAside ?? _putAside;
                _size = size;
                _savedLast = last;
                _gaps.InsertRange(0, gaps);
                if (_ownFirst is { } own && last is { } before && before < own)
                {
                    AddGap(before, own, _hasGivenUp ? GapReason.NotWritten : GapReason.Stopped);
                    _gaps.Sort(static (a, b) => a.From.CompareTo(b.From));
                }

                _first = first ?? _first;
                _last = _last is null || last > _last ? last ?? _last : _last;
                _database = database;
            }

            if (putAside is not null)
            {
                Log.PutAside(_logger, putAside);
            }

            return true;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            Fail(exception.Message);
            return false;
        }
    }

    // A file that became damaged under our hands: a new one goes on, the old one is kept for whoever can mend it.
    private void Replace(string reason)
    {
        _database?.Dispose();
        _database = null;
        try
        {
            var name = HistoryDatabase.PutAside(_directory, _time.GetUtcNow());
            lock (_state)
            {
                _putAside = $"{reason} It is kept as {name}.";
                _gaps.Clear();
                _newGaps.Clear();
                _openSaved = 0;
                _first = _sealed.Count > 0 ? _sealed[0].First : _open is null ? null : _openFirst;
                _savedLast = null;
            }

            Log.PutAside(_logger, _putAside!);
        }
        catch (IOException exception)
        {
            Fail(exception.Message);
        }
    }

    private void Fail(string message)
    {
        lock (_state)
        {
            if (_fault is null)
            {
                Log.NotWritten(_logger, message);
            }

            _fault = message;
            _faultSince ??= _time.GetUtcNow();
        }
    }

    private void GiveUpIfTooMuch()
    {
        lock (_state)
        {
            if (Unsaved() <= _options.WaitingMebibytesMax * 1024L * 1024)
            {
                return;
            }

            _sealed.Clear();
            _open = null;
            _newEvents.Clear();
            _ = _gaps.RemoveAll(_newGaps.Contains);
            _newGaps.Clear();
            _last = _savedLast;
            _first = _savedLast is null ? null : _first;
            _ownFirst = null;
            (_isGivenUp, _hasGivenUp) = (true, true);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What the walls show cannot be recorded: {Reason} The walls go on; pictures wait in memory, and beyond a limit the time becomes a gap")]
        public static partial void NotWritten(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "The recording of what the walls showed could not be used and was put aside; a new one begins. {Reason}")]
        public static partial void PutAside(ILogger logger, string reason);
    }
}
