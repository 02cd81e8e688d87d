using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>What waits to be sent to one page, in order and within bytes: all of it, and the share of each tile.</summary>
/// <remarks>Filled by any thread, which never waits; emptied by the one sender of the connection.</remarks>
internal sealed class TileOutbox(int bytesMax, int tileBytesMax)
{
    // A page that asks without reading what it is told is told nothing more.
    private const int WordsMax = 1_024;

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = new();
    private readonly int[] _tileBytes = new int[TileMessages.TilesMax];
    private readonly Channel<byte> _signal = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private int _bytes;
    private int _words;

    /// <summary>Something to be sent.</summary>
    /// <param name="Words">A message in words; or else</param>
    /// <param name="Sink">the tile</param>
    /// <param name="Unit">and its picture.</param>
    public readonly record struct Entry(byte[]? Words, TileSink? Sink, AccessUnit? Unit);

    /// <summary>Bytes of pictures that wait, those that are being sent among them.</summary>
    public int Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Takes a picture when there is room for it, and before it what must be known first.</summary>
    public bool TryAdd(TileSink sink, AccessUnit unit, byte[]? before)
    {
        lock (_lock)
        {
            if (_bytes + unit.Data.Length > bytesMax || _tileBytes[sink.Tile] + unit.Data.Length > tileBytesMax)
            {
                return false;
            }

            if (before is not null)
            {
                _words++;
                _entries.Enqueue(new Entry(before, null, null));
            }

            _bytes += unit.Data.Length;
            _tileBytes[sink.Tile] += unit.Data.Length;
            _entries.Enqueue(new Entry(null, sink, unit));
        }

        _ = _signal.Writer.TryWrite(0);
        return true;
    }

    /// <summary>Takes a message in words.</summary>
    /// <returns>Whether there was room; there is none only for a page that does not read.</returns>
    public bool TryAdd(byte[] words)
    {
        lock (_lock)
        {
            if (_words >= WordsMax)
            {
                return false;
            }

            _words++;
            _entries.Enqueue(new Entry(words, null, null));
        }

        _ = _signal.Writer.TryWrite(0);
        return true;
    }

    /// <summary>Waits until there may be something.</summary>
    public ValueTask<byte> WaitAsync(CancellationToken cancellationToken) => _signal.Reader.ReadAsync(cancellationToken);

    /// <summary>The next one. Pictures of tiles that were left meanwhile are passed over.</summary>
    public bool TryTake([MaybeNullWhen(false)] out Entry entry)
    {
        lock (_lock)
        {
            while (_entries.TryDequeue(out entry))
            {
                if (entry.Words is not null)
                {
                    _words--;
                    return true;
                }

                if (!entry.Sink!.IsClosed)
                {
                    return true;
                }

                Release(entry);
            }

            return false;
        }
    }

    /// <summary>A picture was sent; its room is free again.</summary>
    public void Sent(Entry entry)
    {
        if (entry.Unit is not null)
        {
            lock (_lock)
            {
                Release(entry);
            }
        }
    }

    private void Release(Entry entry)
    {
        _bytes -= entry.Unit!.Data.Length;
        _tileBytes[entry.Sink!.Tile] -= entry.Unit.Data.Length;
    }
}
