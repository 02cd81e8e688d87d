using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Identity;

namespace CommandCenter.Web.Accounts;

/// <summary>Somebody who may sign in. <see cref="IdentityUser{TKey}.UserName"/> is what he types, never shown to others than administrators.</summary>
internal sealed class Account : IdentityUser
{
    /// <summary>As colleagues read it, such as 指挥中心一号席.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>As what he works here.</summary>
    public Role Role { get; set; }

    /// <summary>The court of a role that has one.</summary>
    public string? CourtMark { get; set; }

    /// <summary>The name by which cases know a handler.</summary>
    public string? Handler { get; set; }

    /// <summary>The password was given by somebody else: it opens nothing but the page where a new one is set.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>When a password that was given by somebody else ends, in UTC ticks; 0 for his own.</summary>
    public long PasswordEndsAt { get; set; }

    /// <summary>Whether nobody may sign in with it any more. Accounts are never removed: the trace names them.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>The last one-time code that was taken. A code counts once.</summary>
    public string? LastCode { get; set; }
}
