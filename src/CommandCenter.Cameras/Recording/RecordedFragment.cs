namespace CommandCenter.Cameras.Recording;

/// <summary>A piece of a stream that is read: what decoding begins with, or one picture.</summary>
/// <param name="Bytes">Goes to the player as it is.</param>
/// <param name="IsInit"><c>ftyp</c> and <c>moov</c>: first of all, and again before pictures with other parameter sets.</param>
/// <param name="IsKey">Whether a decoder may begin here.</param>
/// <param name="ArrivedAt">When the picture arrived, UTC.</param>
/// <param name="CapturedAt">When the device took it, where it said so.</param>
/// <param name="Time">When it is decoded, from the first picture of the stream; gaps are kept.</param>
public sealed record RecordedFragment(ReadOnlyMemory<byte> Bytes, bool IsInit, bool IsKey, DateTimeOffset ArrivedAt, DateTimeOffset? CapturedAt, TimeSpan Time);
