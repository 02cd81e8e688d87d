namespace CommandCenter.Web.Access;

/// <summary>As what somebody, or a machine, works here. An account has one role; <see cref="RoleRights"/> says what each may do.</summary>
internal enum Role
{
    /// <summary>高院指挥中心: the city's command staff.</summary>
    CommandStaff,

    /// <summary>中级法院: an intermediate court and the courts below it.</summary>
    IntermediateCourt,

    /// <summary>院长、局长: president or bureau chief of a court.</summary>
    CourtChief,

    /// <summary>承办人: his own cases and no other's.</summary>
    Handler,

    /// <summary>财务: the money of a court.</summary>
    Finance,

    /// <summary>信息查询员: sends queries on and sees how far they are, never what they found.</summary>
    QueryOfficer,

    /// <summary>督察: reads the trace of every look.</summary>
    Auditor,

    /// <summary>系统管理员 of 等保: runs the system.</summary>
    SystemAdministrator,

    /// <summary>安全管理员 of 等保: makes accounts and gives roles.</summary>
    SecurityAdministrator,

    /// <summary>审计管理员 of 等保: keeps the trace.</summary>
    AuditAdministrator,

    /// <summary>A wall computer.</summary>
    WallDevice,

    /// <summary>A system that sends events.</summary>
    IngestSource,

    /// <summary>A script of whoever runs the system.</summary>
    Operator,

    /// <summary>A system that reads the metrics.</summary>
    MetricsReader,
}
