using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>How people sign in. The section <c>Accounts</c> of the configuration.</summary>
internal sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>How long a session lasts at most; 15 min to 24 h, default 12 h.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a session lasts without a request; 5 min to <see cref="SessionLength"/>, default 1 h. A page that stays connected keeps it.</summary>
    public TimeSpan IdleLength { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Sessions that one account may have; 1 to 20, default 3. One more ends the oldest.</summary>
    public int SessionsMax { get; set; } = 3;

    /// <summary>Wrong tries after which an account rests; 3 to 20, default 5.</summary>
    public int TriesMax { get; set; } = 5;

    /// <summary>How long it rests; 1 min to 24 h, default 10 min.</summary>
    public TimeSpan LockLength { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Sign-ins tried from one address in a minute; 5 to 1,000, default 30.</summary>
    public int TriesPerMinuteMax { get; set; } = 30;

    /// <summary>Least characters of a password; 8 to 64, default 12.</summary>
    public int PasswordLengthMin { get; set; } = 12;

    /// <summary>How long a password that was given by somebody else can be used; 1 h to 30 d, default 3 d.</summary>
    public TimeSpan GivenPasswordLength { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Whether everybody needs a second factor (等保2.0 三级 8.1.4.1 d); default true.</summary>
    public bool SecondFactorRequired { get; set; } = true;
}

/// <summary>Names every fault of the options.</summary>
internal sealed class AccountOptionsValidator : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        List<string> faults = [];
        Check(nameof(options.SessionLength), options.SessionLength, TimeSpan.FromMinutes(15), TimeSpan.FromHours(24));
        Check(nameof(options.IdleLength), options.IdleLength, TimeSpan.FromMinutes(5), options.SessionLength);
        Check(nameof(options.SessionsMax), options.SessionsMax, 1, 20);
        Check(nameof(options.TriesMax), options.TriesMax, 3, 20);
        Check(nameof(options.LockLength), options.LockLength, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        Check(nameof(options.TriesPerMinuteMax), options.TriesPerMinuteMax, 5, 1_000);
        Check(nameof(options.PasswordLengthMin), options.PasswordLengthMin, 8, 64);
        Check(nameof(options.GivenPasswordLength), options.GivenPasswordLength, TimeSpan.FromHours(1), TimeSpan.FromDays(30));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check<T>(string key, T value, T min, T max) where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                faults.Add(FormattableString.Invariant($"{AccountOptions.Section}:{key} is {value}; it must be {min} to {max}."));
            }
        }
    }
}
