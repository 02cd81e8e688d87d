using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>
/// Sums in windows of one length: up to 64 columns of whole numbers, of which most windows use few. In memory, sparse, ordered by
/// window. Windows without an addition do not exist.
/// </summary>
/// <remarks>Not thread-safe: it belongs to one writer. Adding is commutative, so late additions correct their old window.</remarks>
public sealed class WindowSeries
{
    /// <summary>The most columns.</summary>
    public const int ColumnCountMax = 64;

    private readonly List<int> _windows = [];
    private readonly List<Cell> _cells = [];

    /// <summary>Creates an empty series.</summary>
    /// <param name="columnCount">1 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is out of range.</exception>
    public WindowSeries(int columnCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columnCount, ColumnCountMax);
        ColumnCount = columnCount;
    }

    /// <summary>Number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Number of windows that hold anything.</summary>
    public int Count => _windows.Count;

    /// <summary>The windows that hold anything, in order.</summary>
    public IReadOnlyList<int> Windows => _windows;

    /// <summary>Adds to one column of one window.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="OverflowException">The sum leaves the range of 64 bits.</exception>
    public void Add(int window, int column, long delta)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, ColumnCount);
        var index = IndexFrom(window);
        if (index == _windows.Count || _windows[index] != window)
        {
            _windows.Insert(index, window);
            _cells.Insert(index, default);
        }

        CollectionsMarshal.AsSpan(_cells)[index].Add(column, delta);
    }

    /// <summary>Adds the columns of all windows in <c>[from, to)</c> to <paramref name="sums"/>.</summary>
    public void AddTo(int from, int to, Span<long> sums)
    {
        for (var i = IndexFrom(from); i < _windows.Count && _windows[i] < to; i++)
        {
            _cells[i].AddTo(sums);
        }
    }

    /// <summary>Adds the columns of the window at a place in <see cref="Windows"/> to <paramref name="sums"/>.</summary>
    public void AddTo(int index, Span<long> sums) => _cells[index].AddTo(sums);

    /// <summary>The place in <see cref="Windows"/> of the first window that is not before <paramref name="window"/>.</summary>
    public int IndexFrom(int window)
    {
        // Nearly every addition is to the newest window or past it.
        if (_windows.Count == 0 || _windows[^1] < window)
        {
            return _windows.Count;
        }

        var index = _windows.BinarySearch(window);
        return index < 0 ? ~index : index;
    }

    /// <summary>Writes the series: number of windows, then for each its number, its columns as bits and their sums, all little-endian.</summary>
    public void WriteTo(Stream stream)
    {
        Span<byte> buffer = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(buffer, _windows.Count);
        stream.Write(buffer[..4]);
        for (var i = 0; i < _windows.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, _windows[i]);
            BinaryPrimitives.WriteUInt64LittleEndian(buffer[4..], _cells[i].Columns);
            stream.Write(buffer);
            foreach (var value in _cells[i].Values)
            {
                BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
                stream.Write(buffer[..8]);
            }
        }
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a series of that many columns.</exception>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static WindowSeries ReadFrom(Stream stream, int columnCount)
    {
        var series = new WindowSeries(columnCount);
        Span<byte> buffer = stackalloc byte[12];
        stream.ReadExactly(buffer[..4]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(buffer);
        if (count < 0)
        {
            throw new InvalidDataException($"A series of {count} windows.");
        }

        var last = int.MinValue;
        for (var i = 0; i < count; i++)
        {
            stream.ReadExactly(buffer);
            var window = BinaryPrimitives.ReadInt32LittleEndian(buffer);
            var columns = BinaryPrimitives.ReadUInt64LittleEndian(buffer[4..]);
            if ((i > 0 && window <= last) || (columnCount < 64 && columns >> columnCount != 0))
            {
                throw new InvalidDataException($"Window {window} is out of order or has columns beyond {columnCount}.");
            }

            var values = new long[BitOperations.PopCount(columns)];
            for (var j = 0; j < values.Length; j++)
            {
                stream.ReadExactly(buffer[..8]);
                values[j] = BinaryPrimitives.ReadInt64LittleEndian(buffer);
            }

            series._windows.Add(window);
            series._cells.Add(new Cell(columns, values));
            last = window;
        }

        return series;
    }

    // The columns in use as bits, and their sums in the order of the bits.
    private struct Cell(ulong columns, long[] values)
    {
        public ulong Columns { get; private set; } = columns;

        public long[] Values { readonly get => field ?? []; private set; } = values;

        public void Add(int column, long delta)
        {
            var bit = 1UL << column;
            var index = BitOperations.PopCount(Columns & (bit - 1));
            if ((Columns & bit) == 0)
            {
                var old = Values;
                var grown = new long[old.Length + 1];
                old.AsSpan(0, index).CopyTo(grown);
                old.AsSpan(index).CopyTo(grown.AsSpan(index + 1));
                Columns |= bit;
                Values = grown;
            }

            Values[index] = checked(Values[index] + delta);
        }

        public readonly void AddTo(Span<long> sums)
        {
            var left = Columns;
            foreach (var value in Values)
            {
                var column = BitOperations.TrailingZeroCount(left);
                sums[column] = checked(sums[column] + value);
                left &= left - 1;
            }
        }
    }
}
