using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace CommandCenter.Audit.Format;

/// <summary>The lines of a file, each with its line feed, in blocks of 1 MiB: memory does not grow with the file.</summary>
/// <remarks>
/// A line is valid until the next is asked for. What has no line feed comes as it is: the end of a file that is being written, or, in
/// pieces, a stretch that is longer than any line. Both are for the caller to judge. When the file has grown meanwhile, such an end
/// comes once more, as the line that it became.
/// </remarks>
internal static class FileLines
{
    private const int BlockBytes = 1024 * 1024;
    private const byte LineFeed = (byte)'\n';

    /// <summary>Opens for reading beside the writer, and beside the retention that may remove it.</summary>
    public static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);

    /// <summary>From the first line to whatever is the end when it is reached.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Forward(SafeFileHandle file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var position = 0L;
            var filled = 0;
            var isEndGiven = false;
            while (true)
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(filled), position);
                position += read;
                filled += read;
                var taken = 0;
                while (true)
                {
                    var length = buffer.AsSpan(taken, filled - taken).IndexOf(LineFeed) + 1;
                    if (length == 0)
                    {
                        if (filled - taken < AuditLine.SizeMax)
                        {
                            break;
                        }

                        length = AuditLine.SizeMax;
                    }

                    yield return buffer.AsMemory(taken, length);
                    taken += length;
                }

                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
                if (read > 0)
                {
                    isEndGiven = false;
                }
                else if (filled == 0 || isEndGiven)
                {
                    yield break;
                }
                else
                {
                    isEndGiven = true;
                    yield return buffer.AsMemory(0, filled);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>From the last line to the first.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Backward(SafeFileHandle file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes + AuditLine.SizeMax);
        try
        {
            var position = RandomAccess.GetLength(file);
            var carried = 0; // Bytes at the start of the buffer: the end of a line that begins in the block before.
            while (position > 0)
            {
                var size = (int)Math.Min(BlockBytes, position);
                buffer.AsSpan(0, carried).CopyTo(buffer.AsSpan(size));
                position -= size;
                Fill(file, buffer.AsSpan(0, size), position);
                var stop = size + carried;
                while (true)
                {
                    // The line feed at the very end belongs to the line that is looked for.
                    var start = buffer.AsSpan(0, Math.Max(stop - 1, 0)).LastIndexOf(LineFeed) + 1;
                    if (start == 0 && position > 0 && stop <= AuditLine.SizeMax)
                    {
                        break;
                    }

                    yield return buffer.AsMemory(start, stop - start);
                    stop = start;
                    if (stop == 0)
                    {
                        break;
                    }
                }

                carried = stop;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Fill(SafeFileHandle file, Span<byte> block, long position)
    {
        while (!block.IsEmpty)
        {
            var read = RandomAccess.Read(file, block, position);
            if (read == 0)
            {
                throw new EndOfStreamException("A file of the log became shorter while it was read.");
            }

            block = block[read..];
            position += read;
        }
    }
}
