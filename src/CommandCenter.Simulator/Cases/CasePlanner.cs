using CommandCenter.Simulator.City;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Cases;

/// <summary>Plans the life of a case: nodes in the order of their preconditions, dwell times, controls, money and closing.</summary>
/// <remarks>Shares and dwell times are our own estimates around the 95 days a case and the 90-day clock of terminal closings.</remarks>
internal sealed partial class CasePlanner
{
    // Log-normal, in yuan. With 45 % of the cases fully paid this gives the 300 million yuan a day, in and out together.
    private const double ClaimMedianYuan = 128_000;
    private const double ClaimSigma = 1.72;
    private const double ClaimMaxYuan = 80_000_000;

    // WB, ZB, ZJ, XA, BY, BH, stays open.
    private static readonly double[] s_endings = [45, 35, 10, 4, 1, 2, 3];

    private readonly VirtualCity _city;
    private readonly SeededRandom _random;
    private readonly CaseFlow _flow;
    private readonly CaseIdentity _case;
    private readonly string _handler;
    private readonly string _debtor;
    private readonly string _applicant;
    private readonly CaseFiled _filing;
    private readonly List<string> _controlled = [];
    private readonly List<(DateTimeOffset At, PropertyRenewed Renewal)> _renewals = [];

    private CasePlanner(VirtualCity city, CaseIdentity @case, DateTimeOffset filedAt)
    {
        _city = city;
        _case = @case;
        _random = SeededRandom.For(city.Seed, "case", @case.Number.GetStableHash());
        _handler = Invented.Handler(_random, @case.Court);
        _flow = new CaseFlow(city.Seed, @case, _handler, filedAt);
        _filing = File();
        _applicant = _filing.Applicants[0];
        _debtor = _filing.Debtors[0];
    }

    /// <summary>Plans a case.</summary>
    public static CasePlan Plan(VirtualCity city, CaseIdentity @case, DateTimeOffset filedAt)
    {
        var planner = new CasePlanner(city, @case, filedAt);
        planner.Live();
        return planner._flow.Finish();
    }

    private void Live()
    {
        _flow.Add(_filing);

        // The query goes out by itself right after filing; a preservation case does not have time for anything else.
        _flow.After(TimeSpan.FromMinutes(_random.Between(2, 20))).Done("CX");
        if (_case.Kind == CaseKind.Preservation)
        {
            Preserve();
            return;
        }

        Prepare();
        switch (_random.Weighted(s_endings))
        {
            case 0 when _random.Happens(0.12):
                PerformBySale();
                break;
            case 0:
                PerformByMoney();
                break;
            case 1:
                EndForNow();
                break;
            case 2:
                EndEarly("ZJ", 20, 120);
                break;
            case 3:
                EndEarly("XA", 4, 40);
                break;
            case 4:
                EndEarly("BY", 15, 60);
                break;
            case 5:
                EndEarly("BH", 5, 30);
                break;
            default:
                StayOpen();
                break;
        }
    }

    private CaseFiled File()
    {
        var claimYuan = Math.Min(ClaimMaxYuan, _random.LogNormal(ClaimMedianYuan, ClaimSigma));
        var claimFen = Math.Max(50_000, (long)(claimYuan * 100));

        var parent = _case.Kind == CaseKind.Reinstated ? _city.ParentOf(_case, _flow.FiledAt) : null;
        return Invented.Filing(_random, _case, claimFen, parent);
    }

    private void Preserve()
    {
        Office(0, 1).Add(new CaseAssigned(_handler));
        Office(0, 2).Done("FK");
        Control("deposit");
        Office(1, 4).Done("TZ");
        _flow.After(TimeSpan.FromMinutes(_random.Between(20, 120))).Done("JA");
        _flow.After(TimeSpan.FromMinutes(1)).Close("WB");
    }

    private void Prepare()
    {
        Office(0, 3).Add(new CaseAssigned(_handler));
        Office(0, 3).Done("GZ");
        _flow.After(TimeSpan.FromMinutes(_random.Between(2, 40))).Done("TZ");
        _flow.After(TimeSpan.FromMinutes(_random.Between(1, 15))).Done("CB");
        Office(1, 5).Done("FK");
        if (_random.Happens(0.02))
        {
            Office(1, 10).Add(new CaseClaimChanged(_filing.ClaimFen * _random.Between(70, 98) / 100));
        }

        // 事项委托: an inquiry or a seizure elsewhere is entrusted to the court of that place.
        if (_random.Happens(0.03))
        {
            Office(1, 5).Done("WT");
        }
    }

    // 执行完毕 with money that was frozen, deducted or brought by the debtor himself.
    private void PerformByMoney()
    {
        Office(0, 3);
        Control("deposit");
        if (_random.Happens(0.06))
        {
            Settle();
        }

        var instalments = _random.Weighted([70, 20, 10]) + 1;
        var leftFen = Share(_filing.ClaimFen, 0.90, 1.0);
        for (var i = instalments; i >= 1; i--)
        {
            var partFen = i == 1 ? leftFen : leftFen / i;
            leftFen -= partFen;
            if (_random.Happens(0.5))
            {
                Office(2, 9).Done("HK");
            }

            ReceiveAndClaim(partFen, firstNode: i == instalments);
        }

        AskRarely();
        DisburseAndClose();
    }

    // 执行完毕 through the sale of a house or a vehicle.
    private void PerformBySale()
    {
        Office(1, 6);
        var isHouse = _random.Happens(0.7);
        Control(isHouse ? "realEstate" : "vehicle");
        Office(6, 24).Done("QD");
        _flow.After(TimeSpan.FromMinutes(10)).Entered("CKJ");
        Office(6, 30).Done("CKJ");
        if (_random.Happens(0.04))
        {
            Office(2, 10).Entered("YY");
            Office(8, 15).Done("YY");
        }

        Office(3, 9).Done("GG");
        Office(isHouse ? 31 : 16, isHouse ? 34 : 19).Done("JG");
        if (_random.Happens(0.25))
        {
            // The first sale failed: a second notice, a second result.
            Office(3, 9).Done("GG");
            Office(isHouse ? 16 : 8, isHouse ? 18 : 10).Done("JG");
        }

        Office(2, 8).Done("CD");
        ReceiveAndClaim(Share(_filing.ClaimFen, 0.55, 1.0), firstNode: true);
        Office(3, 12).Done("JF");
        AskRarely();
        DisburseAndClose();
    }

    // 终结本次执行程序: everything was tried, and three months have passed.
    private void EndForNow()
    {
        Office(2, 8).Done("SB");
        if (_random.Happens(0.35))
        {
            Control(_random.OneOf(["equity", "vehicle", "realEstate", "movable"]));
        }

        Office(1, 6).Done("XS");
        Office(4, 15).Done("DC");
        if (_random.Happens(0.05))
        {
            Office(1, 8).Done("TS");
        }

        Office(2, 12).Done("XG");
        Office(3, 15).Done("SX");
        Deter();
        if (_random.Happens(0.25))
        {
            Control("deposit");
            ReceiveAndClaim(Share(_filing.ClaimFen, 0.02, 0.25), firstNode: true);
            Disburse();
        }

        AskRarely();
        var earliest = Shanghai.StartOf(Shanghai.DayOf(_flow.FiledAt).AddMonths(3));
        var interview = _random.Between(0, 25);
        _flow.At(OnWorkingDay((earliest > _flow.Now ? earliest : _flow.Now).AddDays(interview))).Entered("ZB");
        Office(2, 9).Done("ZB");
        Office(1, 5).Done("JA");
        RenewUntil(_flow.Now);
        _flow.After(TimeSpan.FromMinutes(_random.Between(1, 30))).Close("ZB");
        Archive();
    }

    // The harder measures (限制出境, 拘传、罚款、拘留, 移送拒执罪) meet few.
    private void Deter()
    {
        if (_random.Happens(0.06))
        {
            Office(1, 10).Done("BK");
        }

        if (_random.Happens(0.08))
        {
            Office(1, 10).Done("QZ");
            if (_random.Happens(0.05))
            {
                Office(3, 15).Done("JZ");
            }
        }
    }

    private void EndEarly(string way, int leastDays, int mostDays)
    {
        if (leastDays >= 15)
        {
            Control("deposit");
            AskRarely();
        }

        _flow.At(OnWorkingDay(_flow.Now.AddDays(_random.Between(leastDays, mostDays))));
        ReleaseAll();
        _flow.After(TimeSpan.FromMinutes(_random.Between(5, 60))).Done("JA");
        _flow.After(TimeSpan.FromMinutes(_random.Between(1, 20))).Close(way);
        RevokeRarely(way);
        Archive();
    }

    private void StayOpen()
    {
        Office(1, 6);
        Control(_random.OneOf(["realEstate", "equity"]));
        Office(3, 15).Done("DC");
        AskRarely();
        RenewUntil(DateTimeOffset.MaxValue);
    }

    // 和解: the clocks stand still while the debtor pays as agreed.
    private void Settle()
    {
        Office(1, 8).Entered("BD");
        _flow.After(TimeSpan.FromMinutes(2)).Add(new CaseSuspended("settlement"));
        Office(10, 30).Add(new CaseResumed("settlement"));
        _flow.After(TimeSpan.FromMinutes(2)).Done("BD");
    }
}
