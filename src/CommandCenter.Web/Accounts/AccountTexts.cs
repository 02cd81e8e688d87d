using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Accounts;

/// <summary>Every word of signing in and of accounts, both languages side by side.</summary>
internal static class AccountTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["product"] = ("执行指挥中心", "Enforcement Command Centre"),
        ["home"] = ("首页", "Home"),

        ["sign-in"] = ("登录", "Sign in"),
        ["sign-in.name"] = ("用户名", "Name"),
        ["sign-in.password"] = ("密码", "Password"),
        ["sign-in.refused"] = ("用户名或密码不正确。连续输错 {0} 次，该账号从陌生设备登录将暂停 {1} 分钟。", "The name or the password is not right. After {0} wrong tries the account rests for {1} minutes on unknown devices."),
        ["sign-in.too-many"] = ("本机尝试次数过多，请一分钟后再试。", "Too many tries from this address. Try again in a minute."),
        ["sign-in.demonstration"] = ("演示系统：登录名和密码显示在启动服务的终端里，随服务结束而失效。", "A demonstration: names and password stand on the terminal of the server, and are gone when it ends."),
        ["sign-in.trace"] = ("登录及所有查看操作均留痕。", "Signing in and every look leave a trace."),

        ["sign-in.provider"] = ("统一身份认证登录", "Sign in with the court's account"),
        ["oidc.unavailable"] = ("统一身份认证暂时无法访问。请稍后再试，或用本系统账号登录。", "The identity provider does not answer at present. Try again later, or sign in with an account of this system."),
        ["oidc.state-unknown"] = ("这次登录已过期，或不是从本浏览器发起的。请重新登录。", "This sign-in is over, or was not begun in this browser. Begin again."),
        ["oidc.denied"] = ("统一身份认证未予通过。", "The identity provider did not let you in."),
        ["oidc.code-refused"] = ("统一身份认证没有确认这次登录。请重新登录。", "The identity provider did not confirm this sign-in. Begin again."),
        ["oidc.token-invalid"] = ("统一身份认证的应答未通过校验，已拒绝。请联系安全管理员。", "What the identity provider said could not be believed, so nobody was let in. Tell the security administrator."),
        ["oidc.role-unknown"] = ("您在统一身份认证中没有本系统的角色，或有多个角色。请联系安全管理员。", "The identity provider gives you no role here, or several. Tell the security administrator."),
        ["oidc.court-unknown"] = ("统一身份认证没有给出您的法院或承办人标识。请联系安全管理员。", "The identity provider does not say your court, or your name in cases. Tell the security administrator."),
        ["oidc.awaiting-approval"] = ("您的账号正等待安全管理员批准。", "Your account waits for the security administrator."),
        ["oidc.account-disabled"] = ("您的账号已停用。", "Your account is disabled."),

        ["code"] = ("动态验证码", "One-time code"),
        ["code.lead"] = ("请输入身份验证器上的六位数字，或一个恢复码。", "Type the six digits of your authenticator, or a recovery code."),
        ["code.refused"] = ("验证码不正确，或已用过。", "The code is not right, or was used before."),
        ["code.over"] = ("等待时间过长，请重新登录。", "That took too long. Sign in again."),

        ["own"] = ("我的账号", "My account"),
        ["own.role"] = ("角色", "Role"),
        ["own.court"] = ("法院", "Court"),
        ["own.sign-out"] = ("退出登录", "Sign out"),
        ["own.must-password"] = ("此密码由他人设置，请先改成自己的密码。", "This password was given to you. Set one of your own first."),
        ["own.must-factor"] = ("请先设置第二重验证，之后才能使用系统。", "Set up a second factor; then the system opens."),
        ["own.password"] = ("修改密码", "Change the password"),
        ["own.password.old"] = ("现用密码", "Present password"),
        ["own.password.new"] = ("新密码", "New password"),
        ["own.password.again"] = ("再输一遍", "Once more"),
        ["own.password.rule"] = ("至少 {0} 位，小写、大写、数字、其他符号四类中含三类，不含用户名。", "At least {0} characters, three of the kinds small, capital, digit, other; without the name."),
        ["own.password.done"] = ("密码已修改，其他登录均已退出。", "The password is changed; your other sessions have ended."),
        ["own.password.unequal"] = ("两次输入的新密码不一致。", "The two new passwords differ."),
        ["own.password.wrong"] = ("现用密码不正确。", "The present password is not right."),
        ["own.factor"] = ("第二重验证", "Second factor"),
        ["own.factor.on"] = ("已启用。剩余恢复码 {0} 个。", "In use. {0} recovery codes are left."),
        ["own.factor.off"] = ("未启用", "Not in use"),
        ["own.factor.lead"] = ("用手机上的身份验证器扫描二维码，或手工输入密钥，然后输入显示的六位数字。", "Scan the picture with an authenticator, or type the key, then type the six digits that it shows."),
        ["own.factor.key"] = ("密钥", "Key"),
        ["own.factor.code"] = ("六位数字", "Six digits"),
        ["own.factor.confirm"] = ("启用", "Use it"),
        ["own.factor.wrong"] = ("验证码不正确，请检查手机时间。", "The code is not right. Check the clock of the phone."),
        ["own.factor.codes"] = ("恢复码，只显示这一次，每个可用一次，请妥善保存：", "Recovery codes, shown this once, each good for one sign-in. Keep them safe:"),
        ["own.sessions"] = ("登录中的设备", "Sessions"),
        ["own.sessions.this"] = ("本次", "this one"),
        ["own.sessions.end"] = ("退出", "End"),
        ["own.sessions.since"] = ("登录时间", "Since"),
        ["own.sessions.seen"] = ("最近活动", "Last seen"),
        ["own.sessions.from"] = ("来源", "From"),

        ["all"] = ("账号管理", "Accounts"),
        ["all.lead"] = ("本页只管理账号，不能查看案件。", "This page gives accounts; it shows no case."),
        ["all.name"] = ("用户名", "Name"),
        ["all.display"] = ("显示名称", "Shown as"),
        ["all.handler"] = ("承办人标识", "Handler in cases"),
        ["all.state"] = ("状态", "State"),
        ["all.state.ok"] = ("正常", "in use"),
        ["all.state.new"] = ("待首次登录", "not yet signed in"),
        ["all.state.awaiting"] = ("待批准", "to be approved"),
        ["all.approve"] = ("批准", "Approve"),
        ["all.state.resting"] = ("暂停登录", "at rest"),
        ["all.state.disabled"] = ("已停用", "disabled"),
        ["all.sessions"] = ("登录数", "Sessions"),
        ["all.create"] = ("新建账号", "New account"),
        ["all.create.do"] = ("建立", "Create"),
        ["all.disable"] = ("停用", "Disable"),
        ["all.enable"] = ("启用", "Enable"),
        ["all.end"] = ("强制退出", "End sessions"),
        ["all.unlock"] = ("解除暂停", "End the rest"),
        ["all.reset"] = ("重置密码", "Give a password"),
        ["all.given"] = ("{0} 的一次性密码，只显示这一次，有效至 {2}：{1}", "One-time password of {0}, shown this once, good until {2}: {1}"),
        ["all.own"] = ("本人", "yourself"),
        ["all.none"] = ("无", "none"),

        ["denied"] = ("无权访问", "Not for you"),
        ["denied.lead"] = ("您的角色（{0}）无权打开此页。这次尝试已留痕。", "Your role ({0}) has no right to this page."),

        ["full"] = ("打开的页面过多", "Too many pages are open"),
        ["full.lead"] = ("同时打开的交互页面已达上限。请关闭本机上的其他页面，或半分钟后再试。", "As many interactive pages are open as the server holds. Close another one at this desk, or try again in half a minute."),
        ["again"] = ("再试一次", "Try again"),

        ["account.name-invalid"] = ("用户名只能用字母、数字和 -._@，最多 64 个字符。", "A name has letters, digits and -._@ only, at most 64."),
        ["account.name-taken"] = ("用户名已存在。", "There is an account of this name."),
        ["account.display-invalid"] = ("显示名称须为 1 至 40 个字符。", "What is shown has 1 to 40 characters."),
        ["account.court-wanted"] = ("此角色须指定法院。", "This role needs a court."),
        ["account.handler-wanted"] = ("承办人账号须填写案件中的承办人标识。", "A handler needs the name that cases know him by."),
        ["account.role-invalid"] = ("角色不存在。", "There is no such role."),
        ["account.unknown"] = ("账号不存在。", "There is no such account."),
        ["account.own"] = ("不能管理自己的账号。", "Nobody manages his own account here."),
        ["account.last"] = ("不能停用最后一个安全管理员。", "The last security administrator cannot be disabled."),
        ["account.password-refused"] = ("新密码不符合要求。", "The new password does not follow the rules."),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Role, (string Zh, string En)> s_roles = new Dictionary<Role, (string Zh, string En)>
    {
        [Role.CommandStaff] = ("高院指挥中心", "command staff"),
        [Role.IntermediateCourt] = ("中级法院", "intermediate court"),
        [Role.CourtChief] = ("院长、局长", "president, bureau chief"),
        [Role.Handler] = ("承办人", "handler"),
        [Role.Finance] = ("财务", "finance"),
        [Role.QueryOfficer] = ("信息查询员", "query officer"),
        [Role.Auditor] = ("督察", "auditor"),
        [Role.SystemAdministrator] = ("系统管理员", "system administrator"),
        [Role.SecurityAdministrator] = ("安全管理员", "security administrator"),
        [Role.AuditAdministrator] = ("审计管理员", "audit administrator"),
        [Role.WallDevice] = ("大屏", "wall"),
        [Role.IngestSource] = ("数据来源", "ingest source"),
        [Role.Operator] = ("运维", "operator"),
        [Role.MetricsReader] = ("监控", "metrics"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    /// <exception cref="KeyNotFoundException">No such text: a slip in our own code, never bad input.</exception>
    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    /// <summary>With values in it.</summary>
    public static string Format(string key, WallLanguage language, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(key, language), values);

    /// <summary>A role as people call it.</summary>
    public static string Of(Role role, WallLanguage language) => language == WallLanguage.En ? s_roles[role].En : s_roles[role].Zh;
}
