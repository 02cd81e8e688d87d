using CommandCenter.Simulator.Cases;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Demonstration;

/// <summary>The steady pace of the demonstration: beside the city's own day, a case every ten seconds that runs through its life in minutes.</summary>
/// <remarks>
/// At night and on holidays a real city stands still, and a wall that stands still shows nobody that it is alive. What
/// happens depends on the seed and the ten-second slot alone, so a restart repeats the same events with the same ids.
/// </remarks>
internal sealed class PaceWalk : IWalk
{
    /// <summary>Length of a slot. At rate 1 every slot begins one case.</summary>
    public const int SlotSeconds = 10;

    /// <summary>Greatest rate.</summary>
    public const double RateMax = 10;

    /// <summary>No case of the pace lasts longer.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(30);

    // Above every number that the city's own filing windows reach in a year; each lane has its own ten million.
    private const int FirstOrdinal = 1_000_000;
    private const int LaneOrdinals = 10_000_000;

    private readonly VirtualCity _city;
    private readonly double _rate;
    private readonly double[] _weights;
    private readonly CaseQueue _coming = new();
    private DateTimeOffset _nextSlot;

    /// <summary>Starts a walk.</summary>
    /// <param name="city">The city.</param>
    /// <param name="rate">Cases begun per slot, 0 to <see cref="RateMax"/>.</param>
    /// <param name="live">
    /// When the demonstration goes live. The walk begins a life earlier, so that cases which a stopped run left half-way are carried on.
    /// </param>
    public PaceWalk(VirtualCity city, double rate, DateTimeOffset live)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, RateMax);
        _city = city;
        _rate = rate;
        _weights = [.. city.Courts.Select(court => court.CasesPerWorkingDay)];
        var seconds = (live - LifeMax).ToUnixTimeSeconds();
        _nextSlot = DateTimeOffset.FromUnixTimeSeconds(seconds - (seconds % SlotSeconds));
    }

    /// <inheritdoc/>
    public IEnumerable<PlannedEvent> Until(DateTimeOffset moment)
    {
        for (; _nextSlot <= moment; _nextSlot = _nextSlot.AddSeconds(SlotSeconds))
        {
            foreach (var plan in CasesOf(_nextSlot))
            {
                _coming.Add(plan, DateTimeOffset.MinValue);
            }
        }

        while (_coming.TryTake(moment, out var next))
        {
            yield return next;
        }
    }

    private IEnumerable<CasePlan> CasesOf(DateTimeOffset slot)
    {
        var slotNumber = slot.ToUnixTimeSeconds() / SlotSeconds;
        for (var lane = 0; lane < Math.Ceiling(_rate); lane++)
        {
            var random = SeededRandom.For(_city.Seed, "pace", slotNumber, lane);
            if (random.Happens(_rate - lane))
            {
                yield return Plan(random, slot, lane);
            }
        }
    }

    private CasePlan Plan(SeededRandom random, DateTimeOffset slot, int lane)
    {
        var filedAt = slot.AddMilliseconds(random.Between(0, (SlotSeconds * 1000) - 1));
        var local = slot.ToOffset(Shanghai.Offset);
        var slotOfYear = (int)((local - Shanghai.StartOf(new DateOnly(local.Year, 1, 1))).TotalSeconds / SlotSeconds);
        var court = _city.Courts[random.Weighted(_weights)];
        var identity = new CaseIdentity(
            local.Year, court, CaseKind.First, slotOfYear + (lane == 0 ? FirstOrdinal : lane * LaneOrdinals));
        var handler = Invented.Handler(random, court);
        var flow = new CaseFlow(_city.Seed, identity, handler, filedAt);
        var claimFen = (long)Math.Clamp(random.LogNormal(300_000, 1.0), 10_000, 50_000_000);
        var filing = Invented.Filing(random, identity, claimFen, parent: null);
        flow.Add(filing);
        Pause(2, 10).Done("CX");
        Pause(5, 30).Add(new CaseAssigned(handler));
        Pause(10, 60).Done("GZ");
        Pause(2, 10).Done("TZ");
        Pause(2, 10).Done("CB");
        Pause(20, 120).Done("FK");
        switch (random.Weighted([88, 7, 5]))
        {
            case 0:
                Perform();
                break;
            case 1:
                Pause(20, 180).Done("JA");
                Pause(1, 3).Close(random.OneOf(["ZJ", "XA", "BH"]));
                break;
            default:
                // Stays open: the pending cases of a living city rise and fall.
                Pause(30, 120).Done("DC");
                break;
        }

        return flow.Finish();

        CaseFlow Pause(int leastSeconds, int mostSeconds) => flow.After(TimeSpan.FromMilliseconds(random.Between(leastSeconds * 1000, mostSeconds * 1000)));

        void Perform()
        {
            Pause(10, 90).Done("DJ");
            Pause(1, 3).Add(new PropertyControlled("p1", "deposit", "freeze", Shanghai.DayOf(filedAt).AddYears(1), claimFen, 1));
            Pause(20, 180);
            var firstFen = random.Happens(0.3) ? claimFen / 3 : claimFen;
            _ = flow.Receive(firstFen, filing.Debtors[0]);
            Pause(2, 10).Done("DZ");
            if (firstFen < claimFen)
            {
                Pause(20, 120);
                _ = flow.Receive(claimFen - firstFen, filing.Debtors[0]);
            }

            Pause(10, 90).Done("FP");
            Pause(10, 90).Done("SP");
            Pause(10, 120);
            flow.DisburseHeld(filing.Applicants[0]);
            Pause(2, 10).Done("FF");
            Pause(5, 60).Done("XF");
            Pause(1, 3).Add(new PropertyReleased("p1"));
            Pause(5, 60).Done("JA");
            Pause(1, 3).Close("WB");
        }
    }
}
