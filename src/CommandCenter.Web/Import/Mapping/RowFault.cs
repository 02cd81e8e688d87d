namespace CommandCenter.Web.Import.Mapping;

/// <summary>Why one row of a log cannot become events. The rest of the import goes on.</summary>
/// <param name="Code">One of the constants below; stable.</param>
/// <param name="Message">For people; may change.</param>
internal sealed record RowFault(string Code, string Message)
{
    public const string CaseMissing = "import.case-missing";
    public const string CaseIdUnfit = "import.case-id-unfit";
    public const string ActivityMissing = "import.activity-missing";
    public const string ActivityUnknown = "import.activity-unknown";
    public const string TimeMissing = "import.time-missing";
    public const string TimeInvalid = "import.time-invalid";
    public const string TimeWithoutOffset = "import.time-without-offset";
    public const string SequenceInvalid = "import.sequence-invalid";
    public const string ValueMissing = "import.value-missing";
    public const string MoneyInvalid = "import.money-invalid";
    public const string MoneyNegative = "import.money-negative";
    public const string MoneyPrecision = "import.money-precision";
    public const string MoneyTooLarge = "import.money-too-large";
    public const string TextTooLong = "import.text-too-long";
    public const string EventIdTooLong = "import.event-id-too-long";
    public const string FieldCount = "import.field-count";
    public const string BadQuotes = "import.bad-quotes";
}
