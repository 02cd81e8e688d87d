namespace CommandCenter.Web.Grains;

/// <summary>
/// Answers, for any earlier version, the earliest window that was touched since: whoever copies the figures asks with the version he has seen
/// and copies from there on. Nothing is taken out by asking, so any number may ask.
/// </summary>
/// <remarks>
/// Holds what a suffix minimum needs: a mark is dropped once a later change touched the same window or an earlier one. In a quiet stream
/// of time one mark a window is left; of too many the oldest are joined, and who asks with a version that old copies a little more.
/// </remarks>
internal sealed class ChangeMarks
{
    private const int CountMax = 1_024;

    private readonly List<(long Version, int Window)> _marks = [];

    /// <summary>Notes that the change which made this version touched a window.</summary>
    public void Add(long version, int window)
    {
        while (_marks.Count > 0 && _marks[^1].Window >= window)
        {
            _marks.RemoveAt(_marks.Count - 1);
        }

        _marks.Add((version, window));
        if (_marks.Count > CountMax)
        {
            var joined = _marks[0].Window;
            _marks.RemoveRange(0, CountMax / 2);
            _marks[0] = (_marks[0].Version, joined);
        }
    }

    /// <summary>The earliest window touched after a version; <see langword="null"/> when none was.</summary>
    public int? Since(long version)
    {
        foreach (var mark in _marks)
        {
            if (mark.Version > version)
            {
                return mark.Window;
            }
        }

        return null;
    }
}
