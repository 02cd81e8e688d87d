using System.Runtime.CompilerServices;

namespace CommandCenter.Simulator.Truth;

/// <summary>One number for each <see cref="Figure"/>, and what follows from them.</summary>
[InlineArray(Length)]
internal struct Sums
{
    /// <summary>As many as there are figures.</summary>
    public const int Length = (int)Figure.PetitionsAnswered + 1;

    private long _first;

    /// <summary>新收 of the main kinds, 执 and 执恢.</summary>
    public readonly long Received => this[(int)Figure.ReceivedFirst] + this[(int)Figure.ReceivedReinstated];

    /// <summary>结案 of the main kinds.</summary>
    public readonly long Closed => this[(int)Figure.ClosedFirst] + this[(int)Figure.ClosedReinstated];

    /// <summary>存 of the main kinds, when everything since the beginning was added.</summary>
    public readonly long Pending => Received - Closed;

    /// <summary>终本存量, when everything since the beginning was added.</summary>
    public readonly long TerminalStock => this[(int)Figure.ZB] - this[(int)Figure.Reinstated];

    /// <summary>A figure.</summary>
    public readonly long Of(Figure figure) => this[(int)figure];

    /// <summary>Adds to a figure.</summary>
    public void Add(Figure figure, long delta) => this[(int)figure] = checked(this[(int)figure] + delta);

    /// <summary>Adds all figures.</summary>
    public void Add(in Sums other)
    {
        for (var i = 0; i < Length; i++)
        {
            this[i] = checked(this[i] + other[i]);
        }
    }
}
