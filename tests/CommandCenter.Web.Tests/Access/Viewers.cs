using CommandCenter.Web.Access;

namespace CommandCenter.Web.Tests.Access;

/// <summary>People of tests that ask a reader directly.</summary>
internal static class Viewers
{
    /// <summary>Sees the whole city.</summary>
    public static readonly Viewer Command = Of(Role.CommandStaff);

    public static Viewer Of(Role role, string? court = null, string? handler = null) => new("a-1", SignedIn.NameOf(role), role, court, handler, "s-1", IsSetUp: true);
}
