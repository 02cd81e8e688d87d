using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Recording;

/// <summary>The parameter sets with which a stream is decoded. While they stay the same, so does the file.</summary>
public sealed class ParameterSets
{
    private ParameterSets(VideoCodec codec, IReadOnlyList<byte[]> video, IReadOnlyList<byte[]> sequence, IReadOnlyList<byte[]> picture)
    {
        Codec = codec;
        Video = video;
        Sequence = sequence;
        Picture = picture;
        Parameters = codec == VideoCodec.H264 ? SequenceParameters.ReadH264(sequence[0]) : SequenceParameters.ReadH265(sequence[0]);
    }

    /// <summary>How the stream is coded.</summary>
    public VideoCodec Codec { get; }

    /// <summary>Video parameter sets; H.265 only.</summary>
    public IReadOnlyList<byte[]> Video { get; }

    /// <summary>Sequence parameter sets, at least one.</summary>
    public IReadOnlyList<byte[]> Sequence { get; }

    /// <summary>Picture parameter sets, at least one.</summary>
    public IReadOnlyList<byte[]> Picture { get; }

    /// <summary>What the first sequence parameter set says.</summary>
    public SequenceParameters Parameters { get; }

    /// <summary>Gathers the sets of a key picture; <see langword="null"/> when it has none or not all.</summary>
    /// <exception cref="RecordingException">They cannot be read: <c>recording.bad-video</c>.</exception>
    public static ParameterSets? Read(AccessUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        List<byte[]> video = [], sequence = [], picture = [];
        foreach (var nal in AnnexB.Units(unit.Data.Span))
        {
            var list = KindOf(unit.Codec, nal) switch
            {
                Kind.Video => video,
                Kind.Sequence => sequence,
                Kind.Picture => picture,
                _ => null,
            };
            if (list is not null && !Holds(list, nal)) // Some cameras send a set twice.
            {
                list.Add(nal.ToArray());
            }
        }

        var isWhole = sequence is [{ Length: >= 4 }, ..] && picture.Count > 0 && (unit.Codec == VideoCodec.H264 || (video.Count > 0 && sequence[0].Length >= 15));
        return isWhole ? new ParameterSets(unit.Codec, video, sequence, picture) : null;
    }

    /// <summary>Whether both are the same, byte for byte.</summary>
    public bool Matches(ParameterSets other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Codec == other.Codec && Same(Video, other.Video) && Same(Sequence, other.Sequence) && Same(Picture, other.Picture);
    }

    /// <summary>Whether a unit need not be in the sample: it is one of these sets, or only says that a picture begins.</summary>
    internal bool IsLeftOut(ReadOnlySpan<byte> nal) => KindOf(Codec, nal) switch
    {
        Kind.Delimiter => true,
        Kind.Video => Holds(Video, nal),
        Kind.Sequence => Holds(Sequence, nal),
        Kind.Picture => Holds(Picture, nal),
        _ => false,
    };

    private static Kind KindOf(VideoCodec codec, ReadOnlySpan<byte> nal) => codec == VideoCodec.H264
        ? (nal[0] & 31) switch { 7 => Kind.Sequence, 8 => Kind.Picture, 9 => Kind.Delimiter, _ => Kind.Other } // H.264, table 7-1
        : ((nal[0] >> 1) & 63) switch { 32 => Kind.Video, 33 => Kind.Sequence, 34 => Kind.Picture, 35 => Kind.Delimiter, _ => Kind.Other }; // H.265, table 7-1

    private static bool Holds(IReadOnlyList<byte[]> sets, ReadOnlySpan<byte> nal)
    {
        foreach (var set in sets)
        {
            if (nal.SequenceEqual(set))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(IReadOnlyList<byte[]> some, IReadOnlyList<byte[]> others) =>
        some.Count == others.Count && some.Zip(others).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private enum Kind
    {
        Other,
        Video,
        Sequence,
        Picture,
        Delimiter,
    }
}
