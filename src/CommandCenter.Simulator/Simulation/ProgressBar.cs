using System.Globalization;
using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Simulation;

/// <summary>How far a run is: a bar on a terminal, else a plain line now and then.</summary>
/// <param name="output">Where it is shown.</param>
/// <param name="isTerminal">Whether a line can be painted over.</param>
/// <param name="from">Where the run begins.</param>
/// <param name="to">Where it ends.</param>
/// <param name="time">Tells how often to show it.</param>
internal sealed class ProgressBar(TextWriter output, bool isTerminal, DateTimeOffset from, DateTimeOffset to, TimeProvider time)
{
    private const int Width = 30;

    private static readonly TimeSpan s_paintInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_lineInterval = TimeSpan.FromSeconds(5);

    private readonly long _begun = time.GetTimestamp();
    private long _shown = time.GetTimestamp();

    /// <summary>Shows it, when it is time to.</summary>
    /// <param name="at">How far the city's clock is.</param>
    /// <param name="count">Events answered for.</param>
    public void Show(DateTimeOffset at, long count)
    {
        if (time.GetElapsedTime(_shown) < (isTerminal ? s_paintInterval : s_lineInterval))
        {
            return;
        }

        _shown = time.GetTimestamp();
        var share = Math.Clamp((at - from) / (to - from), 0, 1);
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{share * 100,3:0} %  {Shanghai.DayOf(at):yyyy-MM-dd}  {count:N0} events  {count / time.GetElapsedTime(_begun).TotalSeconds:N0}/s");
        if (isTerminal)
        {
            var done = (int)(share * Width);
            output.Write($"\r[{new string('#', done)}{new string('-', Width - done)}] {figures}   ");
        }
        else
        {
            output.WriteLine(figures);
        }
    }

    /// <summary>Leaves the line free for what comes next.</summary>
    public void Clear()
    {
        if (isTerminal)
        {
            output.Write('\r' + new string(' ', Width + 60) + '\r');
        }
    }
}
