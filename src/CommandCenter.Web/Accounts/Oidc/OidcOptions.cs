using CommandCenter.Web.Access;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts.Oidc;

/// <summary>Signing in with the court's own identity provider (OpenID Connect). The section <c>Oidc</c> of the configuration; without an authority there is none.</summary>
internal sealed class OidcOptions
{
    public const string Section = "Oidc";

    /// <summary>The provider, such as <c>https://id.court.example/realms/enforcement</c>; https, but on this machine itself.</summary>
    public string? Authority { get; set; }

    /// <summary>What this server is called there.</summary>
    public string? ClientId { get; set; }

    /// <summary>A file of mode 600 with the secret that goes with it. Never an argument or a variable: those can be read by others.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What the button on the sign-in page says; default 统一身份认证.</summary>
    public string? Name { get; set; }

    /// <summary>Asked of the provider beside <c>openid</c>, separated by spaces; default <c>profile</c>.</summary>
    public string Scope { get; set; } = "profile";

    /// <summary>The claim whose values <see cref="Roles"/> turns into a role; default <c>roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim with the mark of the court, such as 沪0115; default <c>court</c>.</summary>
    public string CourtClaim { get; set; } = "court";

    /// <summary>The claim with the name by which cases know a handler; default <c>handler</c>.</summary>
    public string HandlerClaim { get; set; } = "handler";

    /// <summary>Value of the role's claim → role here: <c>Oidc__Roles__enforcement-chief=CourtChief</c>. Who has none of them is refused.</summary>
    public Dictionary<string, Role> Roles { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Whether there is a provider.</summary>
    public bool IsOn => Authority is not null;

    /// <summary>The secret.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string ReadSecret() => File.ReadAllText(ClientSecretFile!).Trim();
}

/// <summary>Names every fault of the options.</summary>
internal sealed class OidcOptionsValidator : IValidateOptions<OidcOptions>
{
    private const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        if (!options.IsOn)
        {
            return ValidateOptionsResult.Success;
        }

        List<string> faults = [];
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != "https" && !(authority.Scheme == "http" && authority.IsLoopback)))
        {
            faults.Add($"{OidcOptions.Section}:Authority is {options.Authority}; it must be an https address.");
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            faults.Add($"{OidcOptions.Section}:ClientId is missing.");
        }

        if (options.ClientSecretFile is not { } file || !File.Exists(file))
        {
            faults.Add($"{OidcOptions.Section}:ClientSecretFile is {options.ClientSecretFile ?? "missing"}; it must name a file that holds the secret.");
        }
        else if ((File.GetUnixFileMode(file) & OthersMay) != 0)
        {
            faults.Add($"{OidcOptions.Section}:ClientSecretFile {file} can be read by others; chmod 600 it.");
        }

        if (options.Roles.Count == 0 || options.Roles.Values.Any(static role => !Enum.IsDefined(role) || !RoleRights.IsPerson(role)))
        {
            faults.Add($"{OidcOptions.Section}:Roles must turn at least one value of the claim {options.RoleClaim} into a role of people.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
