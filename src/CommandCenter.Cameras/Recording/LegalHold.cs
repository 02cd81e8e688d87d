namespace CommandCenter.Cameras.Recording;

/// <summary>A range of a camera that is not removed, whatever its age and however full the disk is.</summary>
/// <param name="Id">Names it; 1 to 64 characters.</param>
/// <param name="Camera">The camera.</param>
/// <param name="From">Segments with a picture from here…</param>
/// <param name="Until">…to here are held.</param>
/// <param name="By">Who ordered it: an account.</param>
/// <param name="Why">Why, in that person's words; a case number, for example.</param>
/// <param name="At">When it was ordered.</param>
public sealed record LegalHold(string Id, string Camera, DateTimeOffset From, DateTimeOffset Until, string By, string Why, DateTimeOffset At);
