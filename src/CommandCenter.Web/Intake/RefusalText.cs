using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Web.Intake;

/// <summary>What a refusal's code means, for people. Programs read the code.</summary>
internal static class RefusalText
{
    private static readonly Dictionary<string, string> s_texts = new(StringComparer.Ordinal)
    {
        ["event.id-conflict"] = "This id was given before with another content.",
        ["event.skipped"] = "This event stopped its partition and was skipped by an administrator.",
        ["case.unknown"] = "This court holds no such case.",
        ["case.already-filed"] = "The case was filed before.",
        ["case.already-closed"] = "The case is closed.",
        ["case.not-closed"] = "The case is not closed.",
        ["case.already-reinstated"] = "A reinstated case was filed for this terminal one; its closing stands.",
        ["case.transferred-away"] = "The case was transferred to another court, which must report it.",
        ["case.number-of-other-court"] = "The number carries the mark of another court.",
        ["case.own-parent"] = "A case cannot be its own parent.",
        ["case.before-last-change"] = "The time is before the case was filed, closed, re-opened or taken over.",
        ["case.transfer-to-itself"] = "The case lies with this court already.",
        ["case.already-suspended"] = "The case is suspended on this ground.",
        ["case.not-suspended"] = "The case is not suspended on this ground.",
        ["case.too-many-occurrences"] = "The node has occurred too often.",
        ["case.not-allowed-now"] = "The case cannot do this now.",
        ["case.no-handler"] = "The case has no handler who could be urged.",
        ["case.urged-before"] = "This urge was recorded before.",
        ["case.unknown-urge"] = "The case has no such urge.",
        ["case.urge-answered"] = "The urge was answered before.",
        ["case.too-many-urges"] = "The case was urged too often.",
        ["party.unknown"] = "The case has no party of either name.",
        ["party.same-name"] = "Both names are the same.",
        ["party.already-renamed"] = "This former name was recorded before.",
        ["party.too-many-names"] = "The case has too many former names.",
        ["funds.serial-repeated"] = "This bank serial was counted before.",
        ["funds.unknown-original"] = "The case has no movement with this serial.",
        ["funds.reversed-beyond-original"] = "More would be reversed than was booked.",
        ["funds.beyond-limit"] = "The money of the case would pass 2^53 − 1 fen.",
        ["funds.too-many"] = "The case has too many movements of money.",
        ["property.already-controlled"] = "The property is under control in this case.",
        ["property.unknown"] = "The case controls no such property.",
        ["petition.already-received"] = "The petition was registered before.",
        ["petition.unknown"] = "No such petition waits for an answer.",
        [PartitionUnavailableException.Stopped] = "The part of the system that holds this court is stopped; repeat the line later.",
        [PartitionUnavailableException.Busy] = "Too many questions wait; repeat the request later.",
        [PartitionUnavailableException.Draining] = "The system is going down; repeat the line later.",
        [PartitionUnavailableException.JournalFailed] = "The journal cannot be written now; repeat the line later.",
    };

    public static string Of(string code) => s_texts.GetValueOrDefault(code, code);
}
