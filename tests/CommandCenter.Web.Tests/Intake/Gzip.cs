using System.IO.Compression;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>Packs bodies.</summary>
internal static class Gzip
{
    public static byte[] Pack(ReadOnlySpan<byte> plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    /// <summary>A body that unpacks to this many zeros.</summary>
    public static byte[] Bomb(long length)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            var block = new byte[1 << 20];
            for (long written = 0; written < length; written += block.Length)
            {
                gzip.Write(block);
            }
        }

        return packed.ToArray();
    }
}
