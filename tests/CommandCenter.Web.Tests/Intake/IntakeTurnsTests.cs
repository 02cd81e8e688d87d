using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

public sealed class IntakeTurnsTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly IntakeTurns _turns = new(bytesMax: 100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fits_goes_in_and_what_does_not_waits()
    {
        await EnterAsync(60);
        await EnterAsync(40);
        var waiting = Ask(1);
        Assert.False(waiting.IsCompleted);

        _turns.Leave(40);

        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_small_one_does_not_overtake_a_large_one()
    {
        await EnterAsync(60);
        var large = Ask(80);
        var small = Ask(1);
        Assert.False(small.IsCompleted, "It came after the large one, for which there is no room.");

        _turns.Leave(60);

        Assert.True(await large);
        Assert.True(await small);
    }

    [Fact]
    public async Task One_that_is_larger_than_all_goes_alone()
    {
        await EnterAsync(1);
        var huge = Ask(1_000);
        Assert.False(huge.IsCompleted);

        _turns.Leave(1);
        Assert.True(await huge);
        var next = Ask(1);
        Assert.False(next.IsCompleted);

        _turns.Leave(1_000);
        Assert.True(await next);
    }

    [Fact]
    public async Task One_that_gives_up_lets_those_behind_it_in()
    {
        await EnterAsync(60);
        var hasTurn = _turns.TryEnterAsync(80, TimeSpan.FromMilliseconds(50), Token);
        var behind = Ask(40);

        Assert.False(await hasTurn);
        Assert.True(await behind);
    }

    [Fact]
    public async Task One_whose_asker_goes_away_lets_those_behind_it_in()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await EnterAsync(60);
        var left = _turns.TryEnterAsync(80, s_long, gone.Token);
        var behind = Ask(40);

        await gone.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.True(await behind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task However_they_come_and_go_no_more_are_inside_than_may_be_and_nothing_is_left(int seed)
    {
        const int Held = 60;
        long inside = Held;
        long insideMax = 0;
        await EnterAsync(Held); // Whoever needs more than the rest waits in vain, however slow the machine.
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async one =>
        {
            var random = new Random((seed * 100) + one);
            for (var i = 0; i < 200; i++)
            {
                await Task.Yield();
                var bytes = random.Next(1, 60);
                using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
                if (random.Next(8) == 0)
                {
                    gone.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
                }

                try
                {
                    if (!await _turns.TryEnterAsync(bytes, TimeSpan.FromMilliseconds(random.Next(1, 20)), gone.Token))
                    {
                        continue;
                    }
                }
                catch (OperationCanceledException)
                {
                    continue;
                }

                Assert.InRange(bytes, 1, 100 - Held);
                Raise(ref insideMax, Interlocked.Add(ref inside, bytes));
                for (var turns = random.Next(20); turns > 0; turns--)
                {
                    await Task.Yield();
                }

                _ = Interlocked.Add(ref inside, -bytes);
                _turns.Leave(bytes);
            }
        }));

        Assert.InRange(insideMax, Held + 1, 100);
        _turns.Leave(Held);
        await EnterAsync(100); // All of it is free again.
    }

    private static void Raise(ref long max, long value)
    {
        for (var seen = Volatile.Read(ref max); value > seen; seen = Volatile.Read(ref max))
        {
            if (Interlocked.CompareExchange(ref max, value, seen) == seen)
            {
                return;
            }
        }
    }

    private Task<bool> Ask(int bytes) => _turns.TryEnterAsync(bytes, s_long, Token);

    private async Task EnterAsync(int bytes)
    {
        var turn = Ask(bytes);
        Assert.True(turn.IsCompleted, "There is room.");
        Assert.True(await turn);
    }
}
