using System.Collections.Concurrent;

namespace CommandCenter.Web.Overview;

/// <summary>
/// Answers that are counted once for everybody who asks within some seconds: two hundred desks that look at the same court are one question
/// to its partition. Any thread may ask.
/// </summary>
/// <param name="age">How old an answer may be.</param>
/// <param name="time">The only clock.</param>
internal sealed class ShortMemory<TKey, TAnswer>(TimeSpan age, TimeProvider time)
    where TKey : notnull
{
    /// <summary>The most answers that are kept; then those begin anew.</summary>
    public const int CountMax = 1_024;

    private readonly ConcurrentDictionary<TKey, (DateTimeOffset At, Lazy<Task<TAnswer>> Answer)> _answers = new();

    /// <summary>The answer to a question, counted now unless it is known well enough. One who gives up does not end it for the others.</summary>
    public Task<TAnswer> GetAsync(TKey key, Func<Task<TAnswer>> count, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!_answers.TryGetValue(key, out var known) || now - known.At >= age || now < known.At || known.Answer is { IsValueCreated: true, Value.IsFaulted: true })
        {
            if (_answers.Count >= CountMax)
            {
                _answers.Clear();
            }

            var before = known;
            var fresh = (now, new Lazy<Task<TAnswer>>(count));
            known = _answers.AddOrUpdate(key, fresh, (_, other) => other.Answer == before.Answer ? fresh : other);
        }

        return known.Answer.Value.WaitAsync(cancellationToken);
    }
}
