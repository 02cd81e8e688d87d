using System.Security.Claims;

namespace CommandCenter.Web.Access;

/// <summary>Who asks. Made of the claims of the request, which a signed cookie or a key gave.</summary>
/// <param name="Id">Account or machine; what the trace names.</param>
/// <param name="Name">As colleagues read it.</param>
/// <param name="Role">As what.</param>
/// <param name="CourtMark">The court of a role that has one.</param>
/// <param name="Handler">The name by which cases know a handler.</param>
/// <param name="Session">The session of a person; <see langword="null"/> for a machine.</param>
/// <param name="IsSetUp">Whether a person has a password of his own and what else is asked of him; until then he may do just that.</param>
internal sealed record Viewer(string Id, string Name, Role Role, string? CourtMark, string? Handler, string? Session, bool IsSetUp)
{
    private const string CourtClaim = "court";
    private const string HandlerClaim = "handler";
    private const string SessionClaim = "session";
    private const string SetUpClaim = "set-up";

    /// <summary>What this viewer may do.</summary>
    public Right Rights => IsSetUp ? RoleRights.Of(Role) : RoleRights.Of(Role) & Right.OwnAccount;

    /// <summary>Whether a right is among them.</summary>
    public bool Has(Right right) => (Rights & right) == right;

    /// <summary>A machine of the house.</summary>
    public static Viewer Machine(string id, Role role) => new(id, id, role, null, null, null, IsSetUp: true);

    /// <summary>Whoever sent a request; <see langword="null"/> when nobody is signed in.</summary>
    public static Viewer? Of(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true, Name: { } name } && user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            && Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Viewer(
                id, name, role, user.FindFirstValue(CourtClaim), user.FindFirstValue(HandlerClaim), user.FindFirstValue(SessionClaim),
                IsSetUp: user.HasClaim(SetUpClaim, bool.TrueString))
            : null;

    /// <summary>For the parameters of a route that has a policy: somebody is signed in there.</summary>
    public static ValueTask<Viewer?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    /// <summary>The claims of this viewer.</summary>
    /// <param name="scheme">How he signed in.</param>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        Add(ClaimTypes.NameIdentifier, Id);
        Add(ClaimTypes.Name, Name);
        Add(ClaimTypes.Role, Role.ToString());
        Add(CourtClaim, CourtMark);
        Add(HandlerClaim, Handler);
        Add(SessionClaim, Session);
        Add(SetUpClaim, IsSetUp.ToString());
        return new ClaimsPrincipal(identity);

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                identity.AddClaim(new Claim(type, value));
            }
        }
    }
}
