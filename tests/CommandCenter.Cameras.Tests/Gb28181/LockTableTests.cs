using System.Net;
using CommandCenter.Cameras.Gb28181.Registration;

namespace CommandCenter.Cameras.Tests.Gb28181;

public sealed class LockTableTests
{
    [Fact]
    public void However_many_names_are_tried_no_more_than_4096_are_remembered()
    {
        var locks = new LockTable(new TurnedTime(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero)), triesMax: 2, TimeSpan.FromMinutes(10));
        for (var number = 0; number < 10_000; number++)
        {
            locks.Wrong(IPAddress.Loopback, FakeHost.IdOf(number));
            locks.Wrong(IPAddress.Loopback, FakeHost.IdOf(number));
        }

        Assert.Equal(4_096, locks.Count);
        Assert.True(locks.IsLocked(IPAddress.Loopback, FakeHost.IdOf(9_999)));
        Assert.False(locks.IsLocked(IPAddress.IPv6Loopback, FakeHost.IdOf(9_999)));
    }
}
