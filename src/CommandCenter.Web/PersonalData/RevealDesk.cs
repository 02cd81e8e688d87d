using CommandCenter.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.PersonalData;

/// <summary>What came of asking for the names of a case.</summary>
internal enum RevealAnswer
{
    /// <summary>It stands in the trace: the names may be shown, in this answer alone.</summary>
    Granted,

    /// <summary>The role has no right to it.</summary>
    Denied,

    /// <summary>No purpose, or not said why.</summary>
    ReasonMissing,

    /// <summary>Too many in an hour.</summary>
    TooMany,
}

/// <summary>Lets somebody who works on a case see the names in it, after he has said why and the trace has it.</summary>
internal sealed class RevealDesk(AuditTrail trail, TimeProvider time)
{
    /// <summary>The least that says something.</summary>
    public const int WordsMin = 4;

    /// <summary>The longest reason.</summary>
    public const int WordsMax = 200;

    /// <summary>How many reveals somebody has in an hour. Work on cases needs a few; copying a court's parties would need thousands.</summary>
    public const int PerHourMax = 60;

    /// <summary>How long the answer stays on a screen that nobody touches.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(2);

    private const int AccountsMax = 10_000;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _counts = new(StringComparer.Ordinal);

    /// <summary>What it can be for; <c>other</c> says nothing by itself, so words are asked for with each.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["contact", "service", "payment", "property", "petition", "other"];

    /// <summary>Records why somebody wants to see the names of a case. When it says <see cref="RevealAnswer.Granted"/> the record is on the disk.</summary>
    /// <exception cref="AuditException">It could not be recorded; nothing may be shown.</exception>
    public async Task<RevealAnswer> AskAsync(HttpContext http, Viewer viewer, string number, string? purpose, string? words)
    {
        var said = (words ?? "").Trim();
        var answer = !viewer.Has(Right.RevealPersonalData) ? RevealAnswer.Denied
            : !Purposes.Contains(purpose, StringComparer.Ordinal) || said.Length is < WordsMin or > WordsMax || said.Any(char.IsControl) ? RevealAnswer.ReasonMissing
            : !TryCount(viewer.Id) ? RevealAnswer.TooMany
            : RevealAnswer.Granted;
        if (answer != RevealAnswer.ReasonMissing)
        {
            // A reason may name the person again: numbers are hidden in it, too.
            await trail.RecordAsync(
                http, TrailActions.PersonReveal, number, answer == RevealAnswer.Granted ? AuditOutcome.Done : AuditOutcome.Denied, PersonalText.Of(said),
                new Dictionary<string, string>(StringComparer.Ordinal) { ["purpose"] = Purposes.Contains(purpose, StringComparer.Ordinal) ? purpose! : "unknown" });
        }

        return answer;
    }

    private bool TryCount(string account)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_counts.Count >= AccountsMax)
            {
                foreach (var (old, _) in _counts.Where(one => now - one.Value.Since >= s_hour).ToArray())
                {
                    _ = _counts.Remove(old);
                }
            }

            var (since, count) = _counts.GetValueOrDefault(account, (now, 0));
            (since, count) = now - since >= s_hour ? (now, 0) : (since, count);
            if (count >= PerHourMax)
            {
                return false;
            }

            _counts[account] = (since, count + 1);
            return true;
        }
    }
}
