using CommandCenter.Simulator.Officers;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Tests.Officers;

public sealed class PatrolWalkTests
{
    [Theory, InlineData(3), InlineData(10), InlineData(22)]
    public void Fifty_officers_report_every_ten_seconds_at_any_hour(int hour)
    {
        var start = Cities.At(hour);
        var walk = new PatrolWalk(Cities.Whole(), start, positionsFrom: start);

        var positions = walk.Until(start.AddSeconds(60)).Where(planned => planned.Data is OfficerPosition).ToArray();

        Assert.Equal(50, positions.Select(planned => planned.By).Distinct(StringComparer.Ordinal).Count());
        Assert.All(positions.GroupBy(planned => planned.By), officer =>
        {
            Assert.Equal(6, officer.Count());
            Assert.All(officer.OrderBy(planned => planned.At).Zip(officer.OrderBy(planned => planned.At).Skip(1)), pair =>
                Assert.Equal(Beat.Interval, pair.Second.At - pair.First.At));
        });
    }

    [Fact]
    public void An_officer_stays_within_the_circle_of_his_district_and_never_jumps()
    {
        var start = Cities.At(9);
        var walk = new PatrolWalk(Cities.Whole(), start, positionsFrom: start);
        var last = new Dictionary<string, OfficerPosition>(StringComparer.Ordinal);
        var moved = 0.0;
        for (var at = start; at < start.AddHours(2); at = at.AddSeconds(30))
        {
            foreach (var planned in walk.Until(at).Where(planned => planned.Data is OfficerPosition))
            {
                var here = (OfficerPosition)planned.Data;
                var district = Assert.Single(District.All, district => district.Court == planned.Court);
                Assert.True(Metres(here.Lat, here.Lon, district.Lat, district.Lon) <= district.RadiusMetres * 1.001, planned.Id);
                if (last.TryGetValue(planned.By, out var before))
                {
                    var metres = Metres(here.Lat, here.Lon, before.Lat, before.Lon);
                    Assert.True(metres <= 11 * 10 * 1.01, $"{planned.By} moved {metres:0} m in ten seconds");
                    moved += metres;
                }

                last[planned.By] = here;
            }
        }

        Assert.True(moved > 50 * 10_000, $"all officers together moved only {moved:0} m");
    }

    [Fact]
    public void An_officer_keeps_to_the_streets_and_turns_only_at_crossings()
    {
        var streets = District.All.ToDictionary(district => district.Court, district => new StreetGrid(1, district), StringComparer.Ordinal);
        var walk = new PatrolWalk(Cities.Whole(), Cities.At(9), positionsFrom: Cities.At(9));
        var headings = new Dictionary<string, HashSet<double>>(StringComparer.Ordinal);
        for (var at = Cities.At(9); at < Cities.At(12); at = at.AddMinutes(1))
        {
            foreach (var planned in walk.Until(at).Where(planned => planned.Data is OfficerPosition))
            {
                var here = (OfficerPosition)planned.Data;
                Assert.True(streets[planned.Court].MetresOff(here.Lat, here.Lon) < 0.5, planned.Id);
                var seen = headings.TryGetValue(planned.By, out var known) ? known : headings[planned.By] = [];
                seen.Add(Math.Round(here.HeadingDeg) % 360);
            }
        }

        // Two directions each way, give or take what the rounding of a short leg turns.
        Assert.All(headings.Values, seen => Assert.InRange(seen.Count, 2, 8));
    }

    [Fact]
    public void Whoever_reports_a_position_went_on_duty_before()
    {
        var start = Cities.At(0).AddDays(-2);
        var walk = new PatrolWalk(Cities.Whole(), start, positionsFrom: Cities.At(7, 30));
        var onDuty = walk.Until(Cities.At(7, 30)).Aggregate(new HashSet<string>(StringComparer.Ordinal), Change);

        for (var at = Cities.At(7, 30); at < Cities.At(8, 30); at = at.AddSeconds(20))
        {
            foreach (var planned in walk.Until(at))
            {
                Assert.True(planned.Data is OfficerDuty || onDuty.Contains(planned.By), $"{planned.Id} off duty");
                _ = Change(onDuty, planned);
            }
        }

        Assert.Equal(50, onDuty.Count);

        static HashSet<string> Change(HashSet<string> onDuty, Events.PlannedEvent planned)
        {
            if (planned.Data is OfficerDuty duty)
            {
                _ = duty.On ? onDuty.Add(planned.By) : onDuty.Remove(planned.By);
            }

            return onDuty;
        }
    }

    [Fact]
    public void Whoever_is_sent_to_a_place_is_there_before_he_is_sent_to_the_next()
    {
        var start = Cities.At(9);
        var walk = new PatrolWalk(Cities.Whole(), start, positionsFrom: start);
        var sentTo = new Dictionary<string, OfficerDispatched>(StringComparer.Ordinal);
        var arrived = new HashSet<string>(StringComparer.Ordinal);
        var orders = 0;
        for (var at = start; at < start.AddHours(2); at = at.AddSeconds(50))
        {
            foreach (var planned in walk.Until(at))
            {
                if (planned.Data is OfficerDispatched order)
                {
                    orders++;
                    Assert.True(!sentTo.ContainsKey(planned.By) || arrived.Remove(planned.By), $"{planned.By} was sent on before he arrived");
                    sentTo[planned.By] = order;
                }
                else if (planned.Data is OfficerPosition here && sentTo.TryGetValue(planned.By, out var target) && Metres(here.Lat, here.Lon, target.Lat, target.Lon) < 100)
                {
                    _ = arrived.Add(planned.By);
                }
            }
        }

        Assert.Equal(50, sentTo.Count);
        Assert.True(orders > 250, $"{orders} orders in two hours");
    }

    [Fact]
    public void After_a_long_pause_only_the_last_minute_of_positions_is_told()
    {
        var start = Cities.At(9);
        var walk = new PatrolWalk(Cities.Whole(), start, positionsFrom: start);

        var positions = walk.Until(start.AddHours(1)).Where(planned => planned.Data is OfficerPosition).ToArray();

        Assert.Equal(300, positions.Length);
        Assert.All(positions, planned => Assert.True(planned.At > start.AddMinutes(59)));
    }

    private static double Metres(double lat, double lon, double otherLat, double otherLon) =>
        double.Hypot((lat - otherLat) * 111_320, (lon - otherLon) * 111_320 * Math.Cos(lat * Math.PI / 180));
}
