namespace CommandCenter.Cameras.Media;

/// <summary>How a picture is coded.</summary>
public enum VideoCodec
{
    /// <summary>H.264, ITU-T H.264 | ISO/IEC 14496-10.</summary>
    H264,

    /// <summary>H.265, ITU-T H.265 | ISO/IEC 23008-2.</summary>
    H265,
}

/// <summary>One coded picture of a camera, whole: all that a decoder needs for it and nothing of the next one.</summary>
/// <param name="Codec">How it is coded.</param>
/// <param name="Data">Annex B byte stream, each NAL unit behind a start code; a key picture has its parameter sets before it. Never changed once made.</param>
/// <param name="PtsMicroseconds">When it is shown, on the clock of its stream. Only differences mean anything.</param>
/// <param name="DtsMicroseconds">When it is decoded, on the same clock: later pictures first where there are B-frames. Never goes back within a stream.</param>
/// <param name="IsKey">Whether a decoder may begin here.</param>
/// <param name="ArrivedAt">When it was whole here, on our clock.</param>
/// <param name="CapturedAt">When it was taken, where the device says so; <see langword="null"/> where it does not.</param>
public sealed record AccessUnit(
    VideoCodec Codec, ReadOnlyMemory<byte> Data, long PtsMicroseconds, long DtsMicroseconds, bool IsKey, DateTimeOffset ArrivedAt, DateTimeOffset? CapturedAt);
