namespace CommandCenter.Web.Intake;

/// <summary>Why a line is refused before any grain sees it.</summary>
/// <param name="Code">One of <see cref="EventCodes"/>.</param>
/// <param name="Field">The field at fault, such as <c>data.claimFen</c>; <see langword="null"/> for the line as a whole.</param>
/// <param name="Message">For people; not stable.</param>
internal sealed record EventFault(string Code, string? Field, string Message);

/// <summary>The codes of the intake. Stable: sources act on them.</summary>
internal static class EventCodes
{
    public const string NotJson = "event.not-json";
    public const string TooDeep = "event.too-deep";
    public const string LineTooLong = "event.line-too-long";
    public const string NotObject = "event.not-object";
    public const string DuplicateKey = "event.duplicate-key";
    public const string UnknownField = "event.unknown-field";
    public const string MissingField = "event.missing-field";
    public const string UnknownType = "event.unknown-type";
    public const string WrongKind = "event.wrong-kind";
    public const string BadText = "event.bad-text";
    public const string TextTooLong = "event.text-too-long";
    public const string TooMany = "event.too-many";
    public const string BadTime = "event.bad-time";
    public const string InFuture = "event.at-in-future";
    public const string TooOld = "event.at-too-old";
    public const string BadDate = "event.bad-date";
    public const string UnknownCourt = "event.unknown-court";
    public const string BadCaseNumber = "event.bad-case-number";
    public const string AmountNegative = "event.amount-negative";
    public const string AmountNotInteger = "event.amount-not-integer";
    public const string AmountTooLarge = "event.amount-too-large";
    public const string BadValue = "event.bad-value";
    public const string UnknownNode = "event.unknown-node";
    public const string KindMismatch = "event.kind-mismatch";
}
