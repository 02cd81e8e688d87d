using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;
using CommandCenter.Domain.Properties;

namespace CommandCenter.Web.Intake;

/// <summary>The fields of one <c>data</c> object, read and checked. Which are set is in <see cref="Seen"/>. Reused from line to line.</summary>
internal sealed class EventData
{
    public EventFields Seen { get; set; }

    public CaseType? Kind { get; set; }

    public string Cause { get; set; } = "";

    public long ClaimFen { get; set; }

    public string Basis { get; set; } = "";

    public IReadOnlyList<string> Applicants { get; set; } = [];

    public IReadOnlyList<string> Debtors { get; set; } = [];

    public CaseNumber Parent { get; set; }

    public string Handler { get; set; } = "";

    public int Node { get; set; }

    public int Occurrence { get; set; }

    public NodePhase Phase { get; set; }

    public string Ground { get; set; } = "";

    public CloseWay Way { get; set; }

    public string Reason { get; set; } = "";

    public Court? ToCourt { get; set; }

    public long AmountFen { get; set; }

    public string Serial { get; set; } = "";

    public string Payer { get; set; } = "";

    public string Payee { get; set; } = "";

    public string Of { get; set; } = "";

    public string PropertyId { get; set; } = "";

    public PropertyClass Class { get; set; }

    public ControlAct Act { get; set; }

    public DateOnly Until { get; set; }

    public int Rank { get; set; }

    public bool IsOn { get; set; }

    public string Device { get; set; } = "";

    public double Lat { get; set; }

    public double Lon { get; set; }

    public double AccuracyM { get; set; }

    public double HeadingDeg { get; set; }

    public double SpeedMps { get; set; }

    public Datum Datum { get; set; }

    public string PetitionId { get; set; } = "";

    public string Was { get; set; } = "";

    public string Now { get; set; } = "";

    public string UrgeId { get; set; } = "";

    public UrgeAbout About { get; set; }

    public string Text { get; set; } = "";

    public DateOnly Due { get; set; }

    public double RadiusM { get; set; }

    public CaseNumber For { get; set; }

    public bool Has(EventFields field) => (Seen & field) != 0;
}
