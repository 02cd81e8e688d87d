using System.Globalization;
using System.Text.Json;

namespace CommandCenter.Simulator.Events;

/// <summary>What happens in an event: its type and its data. A closed family; the field names are those of the product's intake.</summary>
internal abstract record EventData
{
    private EventData(string type) => Type = type;

    /// <summary>The event type.</summary>
    public string Type { get; }

    /// <summary>Writes the fields of the data, inside an object that the caller opened.</summary>
    public abstract void WriteFields(Utf8JsonWriter json);

    /// <summary>立案.</summary>
    public sealed record CaseFiled(
        string Kind, string Cause, long ClaimFen, string Basis, IReadOnlyList<string> Applicants, IReadOnlyList<string> Debtors, string? Parent)
        : EventData("case.filed")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteString("kind"u8, Kind);
            json.WriteString("cause"u8, Cause);
            json.WriteNumber("claimFen"u8, ClaimFen);
            json.WriteString("basis"u8, Basis);
            WriteNames(json, "applicants"u8, Applicants);
            WriteNames(json, "debtors"u8, Debtors);
            WriteIfKnown(json, "parent"u8, Parent);
        }
    }

    /// <summary>分案.</summary>
    public sealed record CaseAssigned(string Handler) : EventData("case.assigned")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("handler"u8, Handler);
    }

    /// <summary>A node is entered or done. The product numbers the occurrences.</summary>
    public sealed record CaseNode(string Node, bool Done = true) : EventData("case.node")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteString("node"u8, Node);
            json.WriteString("phase"u8, Done ? "done"u8 : "entered"u8);
        }
    }

    /// <summary>The claim is now this much.</summary>
    public sealed record CaseClaimChanged(long ClaimFen) : EventData("case.claimChanged")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteNumber("claimFen"u8, ClaimFen);
    }

    /// <summary>中止或暂缓.</summary>
    public sealed record CaseSuspended(string Ground) : EventData("case.suspended")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("ground"u8, Ground);
    }

    /// <summary>恢复.</summary>
    public sealed record CaseResumed(string Ground) : EventData("case.resumed")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("ground"u8, Ground);
    }

    /// <summary>结案, one of WB ZB ZJ XA BY BH.</summary>
    public sealed record CaseClosed(string Way) : EventData("case.closed")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("way"u8, Way);
    }

    /// <summary>撤销结案.</summary>
    public sealed record CaseClosingRevoked(string Reason) : EventData("case.closingRevoked")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("reason"u8, Reason);
    }

    /// <summary>案款到账.</summary>
    public sealed record FundsReceived(long AmountFen, string Serial, string Payer) : EventData("funds.received")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteNumber("amountFen"u8, AmountFen);
            json.WriteString("serial"u8, Serial);
            json.WriteString("payer"u8, Payer);
        }
    }

    /// <summary>案款发放.</summary>
    public sealed record FundsDisbursed(long AmountFen, string Serial, string Payee) : EventData("funds.disbursed")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteNumber("amountFen"u8, AmountFen);
            json.WriteString("serial"u8, Serial);
            json.WriteString("payee"u8, Payee);
        }
    }

    /// <summary>冲正 of an earlier movement.</summary>
    public sealed record FundsReversed(long AmountFen, string Serial, string Of) : EventData("funds.reversed")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteNumber("amountFen"u8, AmountFen);
            json.WriteString("serial"u8, Serial);
            json.WriteString("of"u8, Of);
        }
    }

    /// <summary>查封、扣押或冻结.</summary>
    public sealed record PropertyControlled(string PropertyId, string Class, string Act, DateOnly Until, long AmountFen, int Rank)
        : EventData("property.controlled")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteString("propertyId"u8, PropertyId);
            json.WriteString("class"u8, Class);
            json.WriteString("act"u8, Act);
            WriteDate(json, "until"u8, Until);
            json.WriteNumber("amountFen"u8, AmountFen);
            json.WriteNumber("rank"u8, Rank);
        }
    }

    /// <summary>续封、续冻.</summary>
    public sealed record PropertyRenewed(string PropertyId, DateOnly Until) : EventData("property.renewed")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteString("propertyId"u8, PropertyId);
            WriteDate(json, "until"u8, Until);
        }
    }

    /// <summary>解除控制.</summary>
    public sealed record PropertyReleased(string PropertyId) : EventData("property.released")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("propertyId"u8, PropertyId);
    }

    /// <summary>信访登记.</summary>
    public sealed record PetitionReceived(string PetitionId) : EventData("petition.received")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("petitionId"u8, PetitionId);
    }

    /// <summary>信访答复.</summary>
    public sealed record PetitionAnswered(string PetitionId) : EventData("petition.answered")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json) => json.WriteString("petitionId"u8, PetitionId);
    }

    /// <summary>An officer goes on or off duty.</summary>
    public sealed record OfficerDuty(bool On, string Device) : EventData("officer.duty")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteString("state"u8, On ? "on"u8 : "off"u8);
            json.WriteString("device"u8, Device);
        }
    }

    /// <summary>Where an officer is, WGS84.</summary>
    public sealed record OfficerPosition(double Lat, double Lon, double AccuracyM, double HeadingDeg, double SpeedMps)
        : EventData("officer.position")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteNumber("lat"u8, Math.Round(Lat, 6));
            json.WriteNumber("lon"u8, Math.Round(Lon, 6));
            json.WriteNumber("accuracyM"u8, Math.Round(AccuracyM, 1));
            json.WriteNumber("headingDeg"u8, Math.Round(HeadingDeg, 1) % 360);
            json.WriteNumber("speedMps"u8, Math.Round(SpeedMps, 1));
            json.WriteString("datum"u8, "WGS84"u8);
        }
    }

    /// <summary>An officer is sent to a place, WGS84.</summary>
    public sealed record OfficerDispatched(double Lat, double Lon) : EventData("officer.dispatched")
    {
        /// <inheritdoc/>
        public override void WriteFields(Utf8JsonWriter json)
        {
            json.WriteNumber("lat"u8, Math.Round(Lat, 6));
            json.WriteNumber("lon"u8, Math.Round(Lon, 6));
            json.WriteString("datum"u8, "WGS84"u8);
        }
    }

    private static void WriteDate(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateOnly date) =>
        json.WriteString(name, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static void WriteIfKnown(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNames(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
