namespace CommandCenter.Audit;

/// <summary>The longest texts of an entry, in UTF-16 characters. Together they keep a line under 64 KiB, however it has to be escaped.</summary>
public static class AuditLimits
{
    /// <summary>Code of the act; address.</summary>
    public const int CodeMax = 64;

    /// <summary>Actor, role and session.</summary>
    public const int NameMax = 128;

    /// <summary>What it was done to.</summary>
    public const int SubjectMax = 256;

    /// <summary>The user's words.</summary>
    public const int ReasonMax = 1_000;

    /// <summary>Pairs in the detail; the first in the order of their keys are kept.</summary>
    public const int DetailCountMax = 16;

    /// <summary>A key of the detail.</summary>
    public const int DetailKeyMax = 64;

    /// <summary>A value of the detail.</summary>
    public const int DetailValueMax = 256;
}
