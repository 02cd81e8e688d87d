namespace CommandCenter.Cameras.Tests.Gb28181;

/// <summary>Damages bytes: some are changed, taken out, put in or doubled, or the end is cut off.</summary>
internal static class Mutation
{
    private static readonly byte[][] s_spice = [[0], [0xFF], "\r\n"u8.ToArray(), "\""u8.ToArray(), "<"u8.ToArray(), ";"u8.ToArray(), ","u8.ToArray(), "="u8.ToArray(), ":"u8.ToArray(), " "u8.ToArray(), "99999999999999999999"u8.ToArray(), "%s%n"u8.ToArray()];

    public static byte[] Of(byte[] original, Random random)
    {
        var data = original.ToList();
        for (var times = random.Next(1, 8); times > 0 && data.Count > 0; times--)
        {
            var at = random.Next(data.Count);
            switch (random.Next(6))
            {
                case 0:
                    data[at] = (byte)random.Next(256);
                    break;
                case 1:
                    data.RemoveRange(at, Math.Min(data.Count - at, random.Next(1, 40)));
                    break;
                case 2:
                    data.InsertRange(at, s_spice[random.Next(s_spice.Length)]);
                    break;
                case 3:
                    data.InsertRange(at, data.GetRange(at, Math.Min(data.Count - at, random.Next(1, 200))));
                    break;
                case 4:
                    data.RemoveRange(at, data.Count - at);
                    break;
                default:
                    data[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. data];
    }
}
