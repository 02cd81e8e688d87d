using CommandCenter.Domain.Cases;
using CommandCenter.Web.PersonalData;

namespace CommandCenter.Web.Urging;

/// <summary>An urge as the API shows it.</summary>
/// <param name="UrgeId">Its id; once in its case.</param>
/// <param name="About"><c>other</c>, <c>limit</c>, <c>control</c> or <c>money</c>.</param>
/// <param name="Text">What was added, if anything.</param>
/// <param name="By">Who urged.</param>
/// <param name="At">When.</param>
/// <param name="Due">The day by which a reply is asked for.</param>
/// <param name="Reply">The handler's words; <see langword="null"/> while it waits.</param>
/// <param name="ReplyBy">Who replied.</param>
/// <param name="ReplyAt">When.</param>
internal sealed record UrgeView(
    string UrgeId, string About, string? Text, string By, DateTimeOffset At, DateOnly? Due, string? Reply, string? ReplyBy, DateTimeOffset? ReplyAt)
{
    /// <summary>With what tells of people masked in the words of both.</summary>
    public static UrgeView Of(Urge urge, PersonMask mask) => new(
        urge.Id, NameOf(urge.About), urge.Text is { } text ? mask.Text(text) : null, urge.By, urge.At, urge.Due,
        urge.Answer is { } answer ? mask.Text(answer.Text) : null, urge.Answer?.By, urge.Answer?.At);

    /// <summary>The wire name of what an urge is about.</summary>
    public static string NameOf(UrgeAbout about) => about.ToString().ToLowerInvariant();
}

/// <summary>An order to urge, as a page gives it.</summary>
/// <param name="Id">Made by the page, so that a repeated order is the same one; 8 to 64 characters.</param>
/// <param name="About">As in <see cref="UrgeView"/>.</param>
/// <param name="Text">What the chief adds; at most 256 characters.</param>
/// <param name="Due">The day by which a reply is asked for, <c>yyyy-MM-dd</c>.</param>
internal sealed record UrgeRequest(string? Id, string? About, string? Text, string? Due);

/// <summary>A reply, as a page gives it.</summary>
/// <param name="Text">At most 256 characters.</param>
internal sealed record UrgeReplyRequest(string? Text);

/// <summary>What became of an order or of a reply. It is on the disk.</summary>
/// <param name="UrgeId">Which.</param>
/// <param name="RecordedAt">When it counts.</param>
/// <param name="Repeated">It was recorded before, by an earlier try.</param>
internal sealed record UrgeReceipt(string UrgeId, DateTimeOffset RecordedAt, bool Repeated);
