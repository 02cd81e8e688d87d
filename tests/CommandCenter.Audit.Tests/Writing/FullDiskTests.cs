using System.Diagnostics;
using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Verification;
using CommandCenter.Testing;

namespace CommandCenter.Audit.Tests.Writing;

public sealed class FullDiskTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_the_record_and_takes_the_next_when_there_is_room()
    {
        using var folders = new TestLog();
        var disk = new FaultyDisk();
        await using (var log = folders.Open(disk))
        {
            Assert.Equal(2, await log.AppendAsync(TestLog.View(1), Cancelled));

            disk.IsFull = true;
            var refused = await Assert.ThrowsAsync<AuditException>(() => log.AppendAsync(TestLog.View(2), Cancelled));
            Assert.Equal(AuditException.NotWritten, refused.Code);
            Assert.Same(refused, log.Fault);
            Assert.Empty(folders.Verify(log.Head).Findings); // Half of it was written, and cut off at once.

            disk.IsFull = false;
            Assert.Equal(3, await log.AppendAsync(TestLog.View(3), Cancelled)); // No gap.
            Assert.Null(log.Fault);
        }

        Assert.Empty(folders.Verify().Findings);
    }

    [Fact]
    public async Task An_hour_that_cannot_be_sealed_is_sealed_when_there_is_room()
    {
        using var folders = new TestLog();
        var disk = new FaultyDisk();
        await using (var log = folders.Open(disk))
        {
            disk.IsFull = true;
            folders.Time.Add(TimeSpan.FromHours(1));
            _ = await Assert.ThrowsAsync<AuditException>(() => log.AppendAsync(TestLog.View(1), Cancelled));

            disk.IsFull = false;
            _ = await log.AppendAsync(TestLog.View(1), Cancelled);
        }

        Assert.Empty(folders.Verify().Findings);
    }

    [Fact]
    public async Task The_fault_stays_until_something_reaches_the_disk_again()
    {
        using var folders = new TestLog();
        var disk = new FaultyDisk();
        await using var log = folders.Open(disk);
        await log.SealAsync(Cancelled);
        disk.IsFull = true;
        _ = await Assert.ThrowsAsync<AuditException>(() => log.AppendAsync(TestLog.View(1), Cancelled));

        folders.Time.Add(TimeSpan.FromSeconds(11)); // The retry finds nothing to do.
        await log.SealAsync(Cancelled); // Neither does this.
        Assert.NotNull(log.Fault);

        disk.IsFull = false;
        _ = await log.AppendAsync(TestLog.View(1), Cancelled);
        Assert.Null(log.Fault);
    }

    /// <summary>Whatever step of the disk fails, once or for good: what was acknowledged is there, and nothing else.</summary>
    [Fact]
    public async Task A_failure_at_any_step_loses_nothing_that_was_acknowledged()
    {
        for (var allowed = 3; allowed < 60; allowed++)
        {
            using var folders = new TestLog();
            var disk = new FaultyDisk();
            var acknowledged = new List<string>();
            await using (var log = folders.Open(disk))
            {
                disk.StepsAllowed = allowed;
                for (var i = 0; i < 20; i++)
                {
                    folders.Time.Add(TimeSpan.FromMinutes(17));
                    try
                    {
                        _ = await log.AppendAsync(TestLog.View(i), Cancelled);
                        acknowledged.Add(TestLog.View(i).Subject!);
                    }
                    catch (AuditException)
                    {
                        disk.StepsAllowed = i % 2 == 0 ? int.MaxValue : 1; // Once, or again at the next step but one.
                    }
                }

                disk.StepsAllowed = int.MaxValue;
            }

            Assert.Empty(folders.Verify().Findings);
            Assert.Equal(acknowledged, new AuditReader(folders.Folder)
                .Read(new AuditQuery { ActionPrefix = "case.", IsOldestFirst = true }, long.MaxValue, Cancelled).Select(record => record.Entry.Subject));
        }
    }

    /// <summary>The same on a real file system of 1 MiB. Needs the right to mount.</summary>
    [Fact]
    public async Task A_real_disk_that_fills_up_behaves_the_same()
    {
        using var directory = new TemporaryDirectory();
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.Path) is { Length: > 0 } refusal)
        {
            Assert.Skip($"No disk can be mounted here: {refusal}");
        }

        using var keys = new TemporaryDirectory();
        var options = new AuditLogOptions { Folder = Path.Combine(directory.Path, "audit"), KeyFile = Path.Combine(keys.Path, "audit.key") };
        try
        {
            var filler = Path.Combine(directory.Path, "filler");
            await File.WriteAllBytesAsync(filler, new byte[500_000], Cancelled);
            await using (var log = AuditLog.Open(options, TimeProvider.System))
            {
                AuditException? refused = null;
                for (var i = 0; refused is null && i < 10_000; i++)
                {
                    refused = await Record.ExceptionAsync(() => log.AppendAsync(TestLog.View(i), Cancelled)) as AuditException;
                }

                Assert.Equal(AuditException.NotWritten, refused?.Code);
                var head = log.Head;
                Assert.True(head.Sequence > 500, $"Only {head.Sequence} fitted.");

                File.Delete(filler);
                Assert.Equal(head.Sequence + 1, await log.AppendAsync(TestLog.View(0), Cancelled));
            }

            var publicKey = await File.ReadAllTextAsync(options.KeyFile + ".pub", Cancelled);
            Assert.Empty(AuditVerifier.Verify(options.Folder, publicKey, expected: null, Cancelled).Findings);
        }
        finally
        {
            _ = await RunAsync("umount", "--lazy", directory.Path);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0 ? "" : $"{program}: {error.Trim()} ({process.ExitCode})";
    }
}
