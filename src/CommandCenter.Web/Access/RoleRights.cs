using System.Collections.Frozen;

namespace CommandCenter.Web.Access;

/// <summary>The one table of who may do what. Everything that is not in it is refused.</summary>
/// <remarks>
/// None of the three administrators reads a case, and none can give himself the role that does: accounts are made by the security
/// administrator, who cannot change his own, and what he does stands in the trace that only the others read (等保2.0 三级, 8.1.4).
/// </remarks>
internal static class RoleRights
{
    private const Right Person = Right.OwnAccount | Right.Courts;
    private const Right Chief = Right.Tablet | Right.Urge;

    private static readonly FrozenDictionary<Role, Right> s_rights = new Dictionary<Role, Right>
    {
        [Role.CommandStaff] = Person | Right.Walls | Right.Direct | Right.Overview | Right.Figures | Right.Cases | Right.Funds | Right.Operations | Right.RevealPersonalData | Right.Cameras | Right.Tracks | Right.Recordings | Right.Evidence | Chief,
        [Role.IntermediateCourt] = Person | Right.Overview | Right.Figures | Right.Cases | Right.Funds | Right.Cameras | Right.Tracks | Right.Recordings | Chief,
        [Role.CourtChief] = Person | Right.Overview | Right.Figures | Right.Cases | Right.Funds | Right.RevealPersonalData | Right.Cameras | Right.Tracks | Right.Recordings | Right.Evidence | Chief,
        [Role.Handler] = Person | Right.Overview | Right.Cases | Right.RevealPersonalData | Right.Tablet | Right.AnswerUrge,
        [Role.Finance] = Person | Right.Figures | Right.Funds,
        [Role.QueryOfficer] = Person,
        [Role.Auditor] = Person | Right.Trail,
        [Role.SystemAdministrator] = Person | Right.Operations | Right.Operate | Right.Metrics | Right.CameraDevices,
        [Role.SecurityAdministrator] = Person | Right.Accounts,
        [Role.AuditAdministrator] = Person | Right.Trail,
        [Role.WallDevice] = Right.Courts | Right.Walls | Right.Figures | Right.Cameras,
        [Role.IngestSource] = Right.Ingest | Right.Courts,
        [Role.Operator] = Right.Operations | Right.Operate | Right.Metrics | Right.CameraDevices,
        [Role.MetricsReader] = Right.Metrics,
    }.ToFrozenDictionary();

    /// <summary>The rights of a role.</summary>
    public static Right Of(Role role) => s_rights[role];

    /// <summary>Whether accounts of people have this role; the others are machines and have a key.</summary>
    public static bool IsPerson(Role role) => Of(role).HasFlag(Right.OwnAccount);

    /// <summary>Whether an account of this role belongs to a court; the others see the city, or no court at all.</summary>
    public static bool HasCourt(Role role) => role is Role.IntermediateCourt or Role.CourtChief or Role.Handler or Role.Finance or Role.QueryOfficer;
}
