using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

public sealed class IdOwnersTests
{
    private const int Many = 100_000;

    [Fact]
    public void An_id_belongs_to_whoever_claimed_it_first()
    {
        var owners = new IdOwners(Many);
        var random = new Random(7);
        var claimed = new Dictionary<ulong, int>();
        for (var i = 0; i < 20_000; i++)
        {
            var hash = IdWindow.HashOf("intake", $"{random.Next(8_000)}");
            var partition = random.Next(64);

            Assert.Equal(claimed.TryAdd(hash, partition) || claimed[hash] == partition, owners.TryClaim(hash, partition));
        }
    }

    [Fact]
    public void A_released_id_may_be_claimed_by_another()
    {
        var owners = new IdOwners(Many);
        Assert.True(owners.TryClaim(42, 0));
        owners.Release(42);

        Assert.True(owners.TryClaim(42, 3));
        Assert.False(owners.TryClaim(42, 0));
    }

    [Fact]
    public void An_id_released_hides_none_that_shares_its_slot()
    {
        const ulong First = 5;
        const ulong Second = 5 + (1UL << 40);
        var owners = new IdOwners(Many);
        Assert.True(owners.TryClaim(First, 0));
        Assert.True(owners.TryClaim(Second, 1));
        owners.Release(First);

        Assert.False(owners.TryClaim(Second, 0));
    }

    [Fact]
    public void Releasing_an_id_that_nobody_claimed_does_nothing()
    {
        var owners = new IdOwners(Many);
        owners.Release(42);

        Assert.True(owners.TryClaim(42, 1));
        Assert.False(owners.TryClaim(42, 2));
    }

    [Fact]
    public void The_latest_ids_are_known_and_the_oldest_are_not()
    {
        const int Known = 6_400;
        var owners = new IdOwners(Known);
        var hashes = Enumerable.Range(0, Known * 10).Select(i => IdWindow.HashOf("intake", $"{i}")).ToArray();
        Assert.All(hashes, hash => Assert.True(owners.TryClaim(hash, 0)));

        // Each of 64 parts keeps its own latest ones, so half of what is promised in all is known for certain.
        Assert.All(hashes[^(Known / 2)..], hash => Assert.False(owners.TryClaim(hash, 1)));
        Assert.All(hashes[..Known], hash => Assert.True(owners.TryClaim(hash, 1)));
    }
}
