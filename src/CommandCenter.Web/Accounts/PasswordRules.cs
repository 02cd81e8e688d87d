using Microsoft.AspNetCore.Identity;

namespace CommandCenter.Web.Accounts;

/// <summary>等保2.0 三级 8.1.4.1 a: three of the four kinds of characters, and nothing that stands on the door. The length is in the options.</summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    private const int KindsMin = 3;
    private const int NameCharsMin = 3;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var text = password ?? "";
        List<IdentityError> errors = [];
        bool[] kinds = [text.Any(char.IsLower), text.Any(char.IsUpper), text.Any(char.IsDigit), text.Any(static c => !char.IsLetterOrDigit(c))];
        if (kinds.Count(static has => has) < KindsMin)
        {
            errors.Add(new IdentityError { Code = "PasswordTooPlain", Description = "Three of: small letters, capital letters, digits, other characters." });
        }

        if (user.UserName is { Length: >= NameCharsMin } name && text.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new IdentityError { Code = "PasswordHasName", Description = "The name must not be in the password." });
        }

        if (text.Distinct().Count() < 5)
        {
            errors.Add(new IdentityError { Code = "PasswordTooPlain", Description = "At least five different characters." });
        }

        return Task.FromResult(errors.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. errors]));
    }
}
