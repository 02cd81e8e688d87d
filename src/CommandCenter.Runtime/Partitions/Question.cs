namespace CommandCenter.Runtime.Partitions;

/// <summary>Something to be read off the model on its own thread.</summary>
internal interface IQuestion<in TModel>
{
    void Answer(TModel model);

    void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class Question<TModel, T>(Func<TModel, T> ask, CancellationToken cancellationToken) : IQuestion<TModel>
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The asker leaves at once when cancelled; the question then finds the token set when its turn comes, and costs nothing.
    public Task<T> Answered => _answer.Task.WaitAsync(cancellationToken);

    public void Answer(TModel model)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _ = _answer.TrySetCanceled(cancellationToken);
            return;
        }

#pragma warning disable CA1031 // The failure belongs to the asker, who gets it whole; the partition must not stop for it.
        try
        {
            _answer.SetResult(ask(model));
        }
        catch (Exception exception)
        {
            _answer.SetException(exception);
        }
#pragma warning restore CA1031
    }

    public void Fail(Exception exception) => _ = _answer.TrySetException(exception);
}
