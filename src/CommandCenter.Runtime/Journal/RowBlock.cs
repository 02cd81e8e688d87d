using System.Buffers;

namespace CommandCenter.Runtime.Journal;

/// <summary>A few rows of a journal, one after the other in a rented buffer: a long scan leaves nothing large to collect.</summary>
internal sealed class RowBlock : IDisposable
{
    private readonly List<(long First, int Count)> _rows = [];
    private byte[] _bytes = [];

    /// <summary>Rows held.</summary>
    public int Count => _rows.Count;

    /// <summary>Bytes of their bodies.</summary>
    public int Bytes { get; private set; }

    /// <summary>Adds a row behind the others.</summary>
    /// <exception cref="InvalidDataException">It is not framed as written.</exception>
    public void Add(JournalRow row)
    {
        RowBody.Check(row.Body, row.Count);
        if (_bytes.Length - Bytes < row.Body.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Bytes + row.Body.Length));
            _bytes.AsSpan(0, Bytes).CopyTo(larger);
            Return();
            _bytes = larger;
        }

        row.Body.CopyTo(_bytes.AsSpan(Bytes));
        Bytes += row.Body.Length;
        _rows.Add((row.First, row.Count));
    }

    /// <summary>Holds no row any more.</summary>
    public void Clear()
    {
        _rows.Clear();
        Bytes = 0;
    }

    /// <summary>All records in order; valid until the block changes.</summary>
    public IEnumerable<(long Position, ReadOnlyMemory<byte> Record)> Records()
    {
        var next = 0;
        foreach (var (first, count) in _rows)
        {
            for (var position = first; position < first + count; position++)
            {
                var length = RowBody.ReadAt(_bytes, next, out next).Length;
                yield return (position, _bytes.AsMemory(next - length, length));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        _bytes = [];
        Clear();
    }

    private void Return()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
