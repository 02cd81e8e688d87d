using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Grains;

public sealed class IdWindowTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_latest_ids_are_known_and_at_most_twice_as_many(int seed)
    {
        var random = new Random(seed);
        var keep = random.Next(1, 3_000);
        var window = new IdWindow(keep);
        for (var position = 1; position <= 10_000; position++)
        {
            window.Add(Hash(position), position);
            Assert.InRange(window.Count, Math.Min(position, keep), 2 * keep);
        }

        for (var position = 1; position <= 10_000; position++)
        {
            var isKnown = window.Find(Hash(position)).SequenceEqual([position]);
            Assert.Equal(position > 10_000 - window.Count, isKnown);
            Assert.True(isKnown || !window.Find(Hash(position)).Any());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_restored_window_knows_and_forgets_the_same(int seed)
    {
        var window = new IdWindow(500);
        var count = new Random(seed).Next(5_000);
        Add(window, 1, count);
        var stream = Written(window);
        var restored = new IdWindow(500);

        restored.Restore(stream);
        Add(window, count + 1, count + 700);
        Add(restored, count + 1, count + 700);

        Assert.Equal(window.Count, restored.Count);
        for (var position = 1; position <= count + 700; position++)
        {
            Assert.Equal(window.Find(Hash(position)), restored.Find(Hash(position)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_was_recorded_after_a_position_is_named_in_its_order(int seed)
    {
        var random = new Random(seed);
        var window = new IdWindow(500);
        var count = random.Next(1, 900);
        Add(window, 1, count);
        var after = random.Next(-10, count + 10);

        Assert.Equal(count, window.LastPosition);
        Assert.Equal(Enumerable.Range(1, count).Where(position => position > after).Select(Hash), window.HashesAfter(after));
    }

    [Fact]
    public void A_capture_does_not_see_what_is_added_later()
    {
        var window = new IdWindow(500);
        Add(window, 1, 10);
        var write = window.Capture();
        Add(window, 11, 2_000);
        var stream = new MemoryStream();
        write(stream);
        stream.Position = 0;
        var restored = new IdWindow(500);

        restored.Restore(stream);

        Assert.Equal(10, restored.Count);
        Assert.Empty(restored.Find(Hash(11)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ulong.MaxValue)]
    public void Ids_with_one_hash_are_all_candidates(ulong hash)
    {
        var window = new IdWindow(100);
        window.Add(hash, 7);
        window.Add(hash, 8);
        window.Add(hash + 1_024, 9); // Falls into the same slot.

        Assert.Equal([7, 8], window.Find(hash));
        Assert.Equal([9], window.Find(hash + 1_024));
    }

    [Fact]
    public void A_window_restored_with_a_smaller_size_still_forgets()
    {
        var large = new IdWindow(5_000);
        Add(large, 1, 4_000);
        var small = new IdWindow(100);
        small.Restore(Written(large));

        Add(small, 4_001, 4_300);

        Assert.InRange(small.Count, 100, 200);
        Assert.Empty(small.Find(Hash(4_000)));
        Assert.Equal([4_300], small.Find(Hash(4_300)));
    }

    [Fact]
    public void Source_and_id_do_not_run_into_one_another()
    {
        Assert.NotEqual(IdWindow.HashOf("a", "bc"), IdWindow.HashOf("ab", "c"));
        Assert.NotEqual(IdWindow.HashOf("a", "b"), IdWindow.HashOf("b", "a"));
    }

    [Fact]
    public void The_hash_of_an_id_is_for_ever() =>
        Assert.Equal(3659453601084592739UL, IdWindow.HashOf("intake", "案-1")); // Snapshots hold it.

    [Fact]
    public async Task Two_ids_with_one_hash_are_told_apart_by_their_records()
    {
        // The window only leads to candidates; here a stranger's record lies under the hash of the id that comes next.
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var number = NewCase.Number();
        await lab.AcceptedAsync(number, NewCase.Filing(Day(0)));
        _ = await lab.AskAsync(number.CourtMark, model =>
        {
            model.Ids.Add(IdWindow.HashOf(GrainLab.Source, "payment"), position: 1);
            return model.Ids.Count;
        });
        var payment = lab.Fact(number, new ReceiveFunds(100, "S-1", "乙", Day(1)), id: "payment");

        Assert.Equal(Outcome.Accepted, (await lab.TellAsync(payment)).Outcome);
        Assert.Equal(Outcome.Duplicate, (await lab.TellAsync(payment)).Outcome);
    }

    [Fact]
    public async Task The_same_id_of_another_source_is_another_id()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var number = NewCase.Number();
        await lab.AcceptedAsync(number, NewCase.Filing(Day(0)));
        var payment = lab.Fact(number, new ReceiveFunds(100, "S-1", "乙", Day(1)));
        var other = lab.Fact(number, new ReceiveFunds(100, "S-2", "乙", Day(1)));
        other = other with { Envelope = new Envelope("bank", payment.Envelope.Id, other.Envelope.ContentHash, number.CourtMark, By: null) };

        Assert.Equal(Outcome.Accepted, (await lab.TellAsync(payment)).Outcome);
        Assert.Equal(Outcome.Accepted, (await lab.TellAsync(other)).Outcome);
        Assert.Equal(200, (await lab.LookAsync(number))!.FileOrNull!.Funds.InFen);
    }

    /// <summary>Every fact that counts anywhere has a key of its own in the grain, for the time when its id is forgotten.</summary>
    [Fact]
    public async Task A_repeat_whose_id_is_forgotten_is_refused_by_the_grain_and_counts_nothing()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2, new GrainLimits(IdsPerGeneration: 20, TimeSpan.FromDays(180)));
        var (number, moved) = (NewCase.Number(1), NewCase.Number(2));
        var to = lab.OtherCourt(number.CourtMark, samePartition: false);
        (CaseNumber Case, CaseCommand Command, string Code)[] facts =
        [
            (number, NewCase.Filing(Day(0), number: 1), "case.already-filed"),
            (moved, NewCase.Filing(Day(0), number: 2), "case.already-filed"),
            (number, new ReceiveFunds(100, "S-1", "乙", Day(1)), "funds.serial-repeated"),
            (number, new DisburseFunds(50, "S-1", "甲", Day(2)), "funds.serial-repeated"),
            (number, new ReverseFunds(10, "R-1", "S-1", Day(3)), "funds.serial-repeated"),
            (number, new ReceivePetition("X-1", Day(4)), "petition.already-received"),
            (number, new AnswerPetition("X-1", Day(5)), "petition.unknown"),
            (number, new CloseCase(CloseWay.Terminal, Day(120)), "case.already-closed"),
            (moved, new TransferCase(to, Day(6)), "case.transferred-away"),
        ];
        var told = new List<GrainCommand.CaseFact>();
        foreach (var (@case, command, _) in facts)
        {
            told.Add(lab.Fact(@case, command));
            Assert.Equal(GrainReply.Accepted, await lab.TellAsync(told[^1]));
            await lab.SettleAsync();
        }

        for (var i = 0; i < 41; i++)
        {
            await lab.AcceptedAsync(number, new ChangeClaim(i, Day(121)));
        }

        var before = await lab.ImageAsync();
        foreach (var (fact, (_, _, code)) in told.Zip(facts))
        {
            Assert.Equal((fact.Command, Outcome.Rejected, code), (fact.Command, (await lab.TellAsync(fact)) is var reply ? reply.Outcome : default, reply.Code));
        }

        Assert.Equal(before, await lab.ImageAsync());
    }

    [Fact]
    public async Task A_closing_and_its_undoing_are_refused_in_turn_when_their_ids_are_forgotten()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1, new GrainLimits(IdsPerGeneration: 5, TimeSpan.FromDays(180)));
        var number = NewCase.Number();
        var closing = lab.Fact(number, new CloseCase(CloseWay.Performed, Day(10)));
        var revocation = lab.Fact(number, new RevokeClosing("撤销", Day(20)));
        await lab.AcceptedAsync(number, NewCase.Filing(Day(0)));
        Assert.Equal(GrainReply.Accepted, await lab.TellAsync(closing));
        Assert.Equal(GrainReply.Accepted, await lab.TellAsync(revocation));
        for (var i = 0; i < 11; i++)
        {
            await lab.AcceptedAsync(number, new ChangeClaim(i, Day(21)));
        }

        Assert.Equal(GrainReply.Rejected("case.before-last-change", "at"), await lab.TellAsync(closing));
        Assert.Equal(GrainReply.Rejected("case.not-closed"), await lab.TellAsync(revocation));
        Assert.Equal(1, (await lab.StockAsync(number.CourtMark)).Pending);
    }

    private static ulong Hash(int id) => IdWindow.HashOf("lab", $"id-{id}");

    private static void Add(IdWindow window, int from, int to)
    {
        for (var position = from; position <= to; position++)
        {
            window.Add(Hash(position), position);
        }
    }

    private static MemoryStream Written(IdWindow window)
    {
        var stream = new MemoryStream();
        window.Capture()(stream);
        stream.Position = 0;
        return stream;
    }
}
