using System.Globalization;
using CommandCenter.Simulator.City;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Cases;

/// <content>The steps that the ways of a case are made of.</content>
internal sealed partial class CasePlanner
{
    private void Control(string @class)
    {
        var (node, act, days) = @class switch
        {
            "deposit" => ("DJ", "freeze", 365),
            "equity" => ("DJ", "freeze", 1_095),
            "realEstate" => ("CF", "seal", 1_095),
            "vehicle" => ("KY", "impound", 730),
            _ => ("KY", "impound", 730),
        };

        var id = string.Create(CultureInfo.InvariantCulture, $"p{_controlled.Count + 1}");
        _controlled.Add(id);
        _flow.After(TimeSpan.FromMinutes(_random.Between(5, 90))).Done(node);

        // Some controls were taken over from preservation and are near their end: these feed the list of lapsing controls.
        var takenOver = _random.Happens(0.07);
        var today = Shanghai.DayOf(_flow.Now);
        var until = today.AddDays(takenOver ? _random.Between(12, 60) : days);
        var rank = _random.Happens(0.1) ? 2 : 1;
        _flow.After(TimeSpan.FromMinutes(1)).Add(new PropertyControlled(id, @class, act, until, Share(_filing.ClaimFen, 0.3, 1.1), rank));
        if (takenOver && _random.Happens(0.7))
        {
            Renew(id, until, days);
        }
    }

    private void Renew(string propertyId, DateOnly until, int days)
    {
        var at = Shanghai.StartOf(until.AddDays(-_random.Between(2, 9))) + Shanghai.OfficeTime(_random);
        _renewals.Add((at, new PropertyRenewed(propertyId, until.AddDays(days))));
    }

    // A control that is released, or a case that is closed, is not renewed any more.
    private void RenewUntil(DateTimeOffset end)
    {
        foreach (var (at, renewal) in _renewals.Where(renewal => renewal.At < end))
        {
            _flow.Aside(at, new CaseNode("XF"));
            _flow.Aside(at, renewal);
        }

        _renewals.Clear();
    }

    private void ReceiveAndClaim(long amountFen, bool firstNode)
    {
        if (_random.Happens(0.004))
        {
            // The bank posted to the wrong account and takes it back the same day.
            var wrongFen = (long)_random.LogNormal(800_000, 0.8) + 1;
            _flow.At(OnWorkingDay(_flow.Now.AddDays(1)));
            var receipt = _flow.Receive(wrongFen, Invented.Party(_random, "付款人", 0.5));
            _flow.After(TimeSpan.FromMinutes(_random.Between(20, 90)));
            _flow.Reverse(wrongFen, receipt);
        }

        // Most who pay go by the working days of their bank, the others by phone on any day and at any hour.
        var day = Shanghai.DayOf(_flow.Now).AddDays(_random.Between(1, 8));
        var paidOn = _random.Happens(0.1) ? day : WorkingDay(day);
        _flow.At(Shanghai.StartOf(paidOn) + Shanghai.NetworkTime(_random));
        _ = _flow.Receive(amountFen, _debtor);
        if (firstNode)
        {
            Office(0, 2).Done("DZ");
        }
    }

    private void Disburse()
    {
        Office(1, 5).Done("FP");
        Office(1, 4).Done("SP");
        Office(1, 4);
        _flow.DisburseHeld(_applicant);
        _flow.After(TimeSpan.FromMinutes(_random.Between(1, 10))).Done("FF");
    }

    private void DisburseAndClose()
    {
        Disburse();
        Office(1, 6);
        ReleaseAll();
        _flow.After(TimeSpan.FromMinutes(_random.Between(5, 60))).Done("JA");
        _flow.After(TimeSpan.FromMinutes(_random.Between(1, 20))).Close("WB");
        RevokeRarely("WB");
        Archive();
    }

    // 撤销结案: the case is open again, is looked into once more, and ends the same way.
    private void RevokeRarely(string way)
    {
        if (!_random.Happens(0.006))
        {
            return;
        }

        Office(2, 30).Add(new CaseClosingRevoked(_random.OneOf(["结案错误", "当事人异议成立", "部分债务未履行"])));
        Office(1, 10).Done("DC");
        Office(3, 30).Close(way);
    }

    private void ReleaseAll()
    {
        RenewUntil(_flow.Now);
        foreach (var id in _controlled)
        {
            _flow.After(TimeSpan.FromMinutes(_random.Between(1, 5))).Done("XF");
            _flow.After(TimeSpan.FromSeconds(20)).Add(new PropertyReleased(id));
        }

        _controlled.Clear();
    }

    private void Archive() => Office(8, 60).Done("GD");

    // 信访: some parties ask what becomes of their case.
    private void AskRarely()
    {
        if (!_random.Happens(0.035))
        {
            return;
        }

        Office(1, 8).Add(new PetitionReceived("q1"));
        Office(2, 14).Add(new PetitionAnswered("q1"));
    }

    // The next step happens in office hours, so many days on.
    private CaseFlow Office(int leastDays, int mostDays) => _flow.At(OnWorkingDay(_flow.Now.AddDays(_random.Between(leastDays, mostDays))));

    private DateTimeOffset OnWorkingDay(DateTimeOffset around) => Shanghai.StartOf(WorkingDay(Shanghai.DayOf(around))) + Shanghai.OfficeTime(_random);

    // Not simply the next working day: Mondays would do the work of three days.
    private DateOnly WorkingDay(DateOnly day)
    {
        while (!_city.Calendar.IsWorkingDay(day))
        {
            day = day.AddDays(_random.Between(1, 5));
        }

        return day;
    }

    private long Share(long amountFen, double least, double most) =>
        Math.Max(1, (long)(amountFen * (least + ((most - least) * _random.NextDouble()))));
}
