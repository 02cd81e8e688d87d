using CommandCenter.Cameras.Media;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>A clip of H.264 as an Annex B byte stream, cut into pictures. Without B-frames: a picture is shown in the order in which it is coded.</summary>
internal sealed class H264Clip
{
    private const int TypeMask = 0x1f;
    private const int Slice = 1;
    private const int KeySlice = 5;

    private H264Clip(IReadOnlyList<(ReadOnlyMemory<byte> Data, bool IsKey)> pictures) => Pictures = pictures;

    /// <summary>The pictures in their order.</summary>
    public IReadOnlyList<(ReadOnlyMemory<byte> Data, bool IsKey)> Pictures { get; }

    /// <summary>A clip of the material that tests share; <see langword="null"/> where it is not there.</summary>
    public static H264Clip? ReadShared(string name) => FindShared(name) is { } file ? Cut(File.ReadAllBytes(file)) : null;

    /// <summary>A file of the material that tests share; <see langword="null"/> where it is not there.</summary>
    public static string? FindShared(string name)
    {
        // Beside the repository, or further up where a clone lies deeper.
        for (var folder = new DirectoryInfo(RepositoryRoot.Combine(".")); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "video", name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Cuts a stream.</summary>
    public static H264Clip Cut(byte[] stream)
    {
        List<(ReadOnlyMemory<byte>, bool)> pictures = [];
        var start = 0;
        var (hasSlice, isKey) = (false, false);
        for (var at = NextStart(stream, 0); at < stream.Length; at = NextStart(stream, at + 3))
        {
            var type = stream[at + 3] & TypeMask;
            var isSlice = type is Slice or KeySlice;

            // A slice whose first macroblock is 0 begins a picture, and so does whatever stands before one.
            if (hasSlice && (!isSlice || (stream[at + 4] & 0x80) != 0))
            {
                var end = at > 0 && stream[at - 1] == 0 ? at - 1 : at;
                pictures.Add((stream.AsMemory(start, end - start), isKey));
                (start, hasSlice, isKey) = (end, false, false);
            }

            hasSlice |= isSlice;
            isKey |= type == KeySlice;
        }

        pictures.Add((stream.AsMemory(start), isKey));
        return new H264Clip(pictures);
    }

    /// <summary>Pictures of a made-up stream that no decoder shows: parameter sets, then slices full of a byte. A key picture every few.</summary>
    /// <param name="count">How many.</param>
    /// <param name="keyEvery">The distance of key pictures.</param>
    /// <param name="bytes">The size of each.</param>
    public static H264Clip MadeUp(int count, int keyEvery, int bytes) => new([.. Enumerable.Range(0, count).Select(index =>
    {
        var isKey = index % keyEvery == 0;
        byte[] head = isKey ? [0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x1e, 0xd9, 0, 0, 0, 1, 0x68, 0xce, 0x3c, 0x80, 0, 0, 0, 1, 0x65, 0x88] : [0, 0, 0, 1, 0x41, 0x9a];
        var data = new byte[Math.Max(bytes, head.Length)];
        data.AsSpan().Fill((byte)((index % 250) + 2));
        head.CopyTo(data, 0);
        return ((ReadOnlyMemory<byte>)data, isKey);
    })]);

    /// <summary>One of its pictures, in a stream that repeats the clip for ever.</summary>
    /// <param name="index">From 0, without end.</param>
    /// <param name="spacing">From one picture to the next.</param>
    /// <param name="now">When it was taken and came.</param>
    /// <param name="isTaken">Whether its device says when it was taken.</param>
    public AccessUnit At(long index, TimeSpan spacing, DateTimeOffset now, bool isTaken = false)
    {
        var (data, isKey) = Pictures[(int)(index % Pictures.Count)];
        var pts = (long)(index * spacing.TotalMicroseconds);
        return new AccessUnit(VideoCodec.H264, data, pts, pts, isKey, now, isTaken ? now : null);
    }

    private static int NextStart(byte[] stream, int from)
    {
        var found = stream.AsSpan(Math.Min(from, stream.Length)).IndexOf([(byte)0, (byte)0, (byte)1]);
        return found < 0 || from + found + 4 >= stream.Length ? stream.Length : from + found;
    }
}
