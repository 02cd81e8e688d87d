using System.Text.Json;

namespace CommandCenter.Web.Wall;

/// <summary>One piece of what walls show. It has a pace of its own: what did not change does not travel again.</summary>
internal interface IWallPartSource
{
    /// <summary>Its name in frames and in the scripts of panels.</summary>
    string Name { get; }

    /// <summary>
    /// The latest state, immutable. Cheap, lock-free, called twice a second. Equal states are one revision. A part that throws here or in <see cref="Write"/> is
    /// said to be missing, on every wall that has it; all others go on.
    /// </summary>
    object Read(WallSample sample);

    /// <summary>Ends when there is a newer state than the last one read that cannot wait for the next sample; <see langword="null"/>: it always can.</summary>
    Task? Urgent => null;

    /// <summary>The state in words and numbers of one language, as one JSON value.</summary>
    void Write(Utf8JsonWriter json, object state, WallLanguage language);
}

/// <summary>What all parts of one frame are read from: one reading of the figures, put into words at most once for each language.</summary>
/// <param name="figures">The latest figures of all courts.</param>
internal sealed class WallSample(CityFigures figures)
{
    private readonly WallView?[] _views = new WallView?[2];

    public CityFigures Figures => figures;

    /// <summary>The figures in words.</summary>
    public WallView ViewIn(WallLanguage language) => _views[(int)language] ??= WallPresenter.Present(figures, language);
}

/// <summary>The state of a part that is read from the figures: equal as long as <paramref name="Key"/> is.</summary>
internal sealed record FigureState(object Key, WallSample Sample)
{
    public bool Equals(FigureState? other) => other is not null && Key.Equals(other.Key);

    public override int GetHashCode() => Key.GetHashCode();
}

/// <summary>A part that keeps a state of its own, beside the figures.</summary>
internal abstract class WallPartSource<TState> : IWallPartSource where TState : class
{
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual Task? Urgent => null;

    public object Read(WallSample sample) => Read();

    public void Write(Utf8JsonWriter json, object state, WallLanguage language) => Write(json, (TState)state, language);

    /// <inheritdoc cref="IWallPartSource.Read"/>
    protected abstract TState Read();

    /// <inheritdoc cref="IWallPartSource.Write"/>
    protected abstract void Write(Utf8JsonWriter json, TState state, WallLanguage language);
}

/// <summary>A part that is read from the figures of all courts.</summary>
internal abstract class FigurePart : IWallPartSource
{
    public abstract string Name { get; }

    public object Read(WallSample sample) => new FigureState(KeyOf(sample.Figures), sample);

    public void Write(Utf8JsonWriter json, object state, WallLanguage language) => Write(json, ((FigureState)state).Sample, language);

    /// <summary>Equal keys: nothing of this part changed. By default the version of all figures.</summary>
    protected virtual object KeyOf(CityFigures figures) => figures.Version;

    /// <inheritdoc cref="IWallPartSource.Write"/>
    protected abstract void Write(Utf8JsonWriter json, WallSample sample, WallLanguage language);
}
