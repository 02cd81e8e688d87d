using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>Gets the elementary stream, cut where its times change.</summary>
internal interface IPictureReceiver
{
    /// <summary>All that bears one time. The bytes are overwritten after the call.</summary>
    /// <param name="codec">What the stream map says.</param>
    /// <param name="pts">33 bits of 90 kHz.</param>
    /// <param name="dts">33 bits of 90 kHz; <see langword="null"/> when it is the same.</param>
    /// <param name="data">Annex B.</param>
    void Receive(VideoCodec codec, long pts, long? dts, ReadOnlySpan<byte> data);

    /// <summary>Something is missing before the next one.</summary>
    /// <param name="isBroken">Whether a picture had begun.</param>
    void Lose(bool isBroken);
}
