namespace CommandCenter.Cameras.Media;

/// <summary>The NAL units of an Annex B byte stream (ITU-T H.264 and H.265, annex B).</summary>
public static class AnnexB
{
    /// <summary>Visits the NAL units one after the other, without their start codes.</summary>
    /// <param name="data">The stream.</param>
    public static Enumerator Units(ReadOnlySpan<byte> data) => new(data);

    /// <summary>Goes through a stream; a <see langword="foreach"/> makes one.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> data)
        {
            var start = data.IndexOf([(byte)0, (byte)0, (byte)1]);
            _rest = start < 0 ? [] : data[(start + 3)..];
            Current = default;
        }

        /// <summary>The unit: its header and what follows.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            while (_rest.Length > 0)
            {
                var end = _rest.IndexOf([(byte)0, (byte)0, (byte)1]);
                Current = (end < 0 ? _rest : _rest[..end]).TrimEnd((byte)0); // A unit ends with a one bit: zeros behind it belong to the next start code.
                _rest = end < 0 ? [] : _rest[(end + 3)..];
                if (Current.Length > 0)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Itself.</summary>
        public readonly Enumerator GetEnumerator() => this;
    }
}
