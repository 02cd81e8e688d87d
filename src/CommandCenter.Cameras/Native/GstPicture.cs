namespace CommandCenter.Cameras.Native;

/// <summary>What a pipeline gives: one access unit, copied out of it.</summary>
/// <param name="Data">Its bytes.</param>
/// <param name="PtsNanoseconds">When it is shown; <see langword="null"/> where the stream does not say.</param>
/// <param name="IsBroken">Whether something is missing before it.</param>
/// <param name="CapturedAt">When it was taken, by the clock of the device.</param>
internal readonly record struct GstPicture(byte[] Data, long? PtsNanoseconds, bool IsBroken, DateTimeOffset? CapturedAt);
