using CommandCenter.Audit.Verification;
using CommandCenter.Audit.Writing;

namespace CommandCenter.Audit.Tests;

/// <summary>Folders of one test, with a key outside of the log.</summary>
internal sealed class TestLog : IDisposable
{
    public static readonly DateTimeOffset Start = new(2017, 9, 1, 1, 30, 0, TimeSpan.Zero);

    private const string Memory = "/dev/shm"; // Thousands of flushes, of which none is what is tested here.

    private readonly string _directory =
        Directory.Exists(Memory) ? Directory.CreateDirectory(Path.Combine(Memory, $"audit-{Guid.NewGuid():N}")).FullName : Directory.CreateTempSubdirectory("audit-").FullName;

    public string Folder => Path.Combine(_directory, "audit");

    public string KeyFile => Path.Combine(_directory, "keys", "audit.key");

    public AuditLogOptions Options => new() { Folder = Folder, KeyFile = KeyFile };

    public SetTime Time { get; } = new(Start);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public AuditLog Open() => AuditLog.Open(Options, Time);

    public AuditLog Open(AuditDisk disk) => AuditLog.Open(Options, Time, disk);

    /// <summary>A log of some hours, closed cleanly: each hour has as many views as asked for.</summary>
    public async Task<AuditHead> FillAsync(int hours, int recordsAnHour)
    {
        await using var log = Open();
        for (var hour = 0; hour < hours; hour++)
        {
            for (var i = 0; i < recordsAnHour; i++)
            {
                _ = await log.AppendAsync(View(hour * recordsAnHour + i), Cancelled);
                Time.Add(TimeSpan.FromSeconds(1));
            }

            Time.Add(TimeSpan.FromHours(1));
        }

        return log.Head;
    }

    /// <summary>The log as a kill -9 at this moment leaves it, in a folder of its own.</summary>
    public TestLog Crashed()
    {
        var other = new TestLog();
        CopyFolder(Folder, other.Folder);
        CopyFolder(Path.GetDirectoryName(KeyFile)!, Path.GetDirectoryName(other.KeyFile)!);
        other.Time.Set(Time.GetUtcNow());
        return other;
    }

    public AuditReport Verify(AuditHead? head = null, string? keyFile = null) =>
        AuditVerifier.Verify(Folder, File.ReadAllText(keyFile ?? KeyFile + ".pub"), head, Cancelled);

    public string[] Files(string ending) => [.. Directory.EnumerateFiles(Folder, "*" + ending).Order(StringComparer.Ordinal)];

    public static AuditEntry View(int number) => new()
    {
        Action = "case.view",
        Actor = $"zhang.wei.{number % 7}",
        Role = "handler",
        Session = "s-81f0",
        From = "10.1.2.3",
        Subject = $"(2017)沪0115执{number}号",
        Outcome = number % 10 == 0 ? AuditOutcome.Denied : AuditOutcome.Done,
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static void CopyFolder(string from, string to)
    {
        _ = Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(file => Path.GetFileName(file) != "lock"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
