using System.Globalization;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>
/// Names of streams that are unique here: ten digits, 0 for a live one, five of our own number, four that count (GB/T 28181-2016, annex F). Thread-safe.
/// </summary>
internal sealed class SsrcPool(string serverId)
{
    private const int Count = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _taken = [];
    private int _last = -1;

    /// <summary>Takes the one that was free the longest.</summary>
    /// <exception cref="GbException">All are taken.</exception>
    public string Take()
    {
        lock (_gate)
        {
            for (var tries = 0; tries < Count; tries++)
            {
                _last = (_last + 1) % Count;
                if (_taken.Add(_last))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"0{serverId[3..8]}{_last:D4}");
                }
            }
        }

        throw new GbException(GbException.TooMany, "Every SSRC is in use.");
    }

    public void Return(string ssrc)
    {
        lock (_gate)
        {
            _ = _taken.Remove(int.Parse(ssrc.AsSpan(6), CultureInfo.InvariantCulture));
        }
    }
}
