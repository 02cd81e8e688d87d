namespace CommandCenter.Web.Export;

/// <summary>A few exports at a time; one more is told to come back.</summary>
internal sealed class ExportGate : IDisposable
{
    private readonly SemaphoreSlim _free = new(ExportLimits.AtOnceMax);

    /// <summary>Takes a place; the caller gives it back.</summary>
    public bool TryEnter() => _free.Wait(TimeSpan.Zero);

    /// <summary>Gives it back.</summary>
    public void Leave() => _ = _free.Release();

    public void Dispose() => _free.Dispose();
}
