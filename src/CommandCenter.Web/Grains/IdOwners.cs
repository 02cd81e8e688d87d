namespace CommandCenter.Web.Grains;

/// <summary>Which partition recorded which event id, for all partitions together: an id is unique in its source, not only in its court.</summary>
/// <remarks>
/// Shared by the partitions' threads. An id is claimed before it is decided and released when it is refused, so that two courts cannot
/// both take it. Keeps the latest ids only, in two generations; within one partition <see cref="IdWindow"/> goes further back. Ids are
/// kept as 64-bit hashes: of ten million ids, one in 2·10^12 new ones would be refused wrongly.
/// </remarks>
internal sealed class IdOwners
{
    private const int StripeCount = 64;

    private readonly Stripe[] _stripes;

    /// <param name="idsPerGeneration">At least this many latest ids are known, at most twice as many.</param>
    public IdOwners(int idsPerGeneration)
    {
        var each = Math.Max(1, idsPerGeneration / StripeCount);
        _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe(each))];
    }

    /// <summary>Claims an id. <see langword="false"/>: another partition has it.</summary>
    public bool TryClaim(ulong hash, int partition) => StripeOf(hash).TryClaim(hash, (byte)partition);

    /// <summary>Gives back an id whose event was refused.</summary>
    public void Release(ulong hash) => StripeOf(hash).Release(hash);

    // The low bits choose the slot in the tables, so the high ones choose the stripe.
    private Stripe StripeOf(ulong hash) => _stripes[hash >> 58];

    private sealed class Stripe(int idsPerGeneration)
    {
        private readonly Lock _gate = new();
        private Dictionary<ulong, byte> _current = [];
        private Dictionary<ulong, byte> _previous = [];

        public bool TryClaim(ulong hash, byte partition)
        {
            lock (_gate)
            {
                if (_current.TryGetValue(hash, out var owner) || _previous.TryGetValue(hash, out owner))
                {
                    return owner == partition;
                }

                if (_current.Count == idsPerGeneration)
                {
                    (_previous, _current) = (_current, []);
                }

                _current.Add(hash, partition);
                return true;
            }
        }

        public void Release(ulong hash)
        {
            lock (_gate)
            {
                _ = _current.Remove(hash) || _previous.Remove(hash);
            }
        }
    }
}
