using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Writing;

namespace CommandCenter.Audit.Tests.Writing;

public sealed class BackPressureTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_disk_lets_callers_wait_and_forgets_those_who_gave_up()
    {
        using var folders = new TestLog();
        var disk = new GatedDisk();
        await using var log = folders.Open(disk);
        disk.Close();
        var first = log.AppendAsync(TestLog.View(0), Cancelled); // The writer takes it and hangs.
        await disk.ReachedAsync();
        var waiting = Enumerable.Range(1, AppendQueue.LengthMax).Select(i => log.AppendAsync(TestLog.View(i), Cancelled)).ToList();

        using var patience = new CancellationTokenSource();
        var late = log.AppendAsync(new AuditEntry { Action = "test.late" }, patience.Token);
        Assert.False(late.IsCompleted);
        await patience.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);

        disk.Open();
        _ = await Task.WhenAll([first, .. waiting]);
        Assert.Equal(2 + AppendQueue.LengthMax, log.Head.Sequence);
        Assert.Empty(log.Read(new AuditQuery { ActionPrefix = "test.late" }, Cancelled));
        Assert.Empty(folders.Verify().Findings);
    }

    /// <summary>A disk whose flush hangs until it is let go.</summary>
    private sealed class GatedDisk : AuditDisk
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private volatile bool _isClosed;

        public void Close() => _isClosed = true;

        public void Open() => _open.SetResult();

        public Task ReachedAsync() => _reached.Task.WaitAsync(s_patience);

        public override IAuditFile Create(string path) => new GatedFile(this, base.Create(path));

        private sealed class GatedFile(GatedDisk disk, IAuditFile file) : IAuditFile
        {
            public void Write(ReadOnlySpan<byte> bytes, long position) => file.Write(bytes, position);

            public void Flush()
            {
                if (disk._isClosed)
                {
                    _ = disk._reached.TrySetResult();
                    Assert.True(disk._open.Task.Wait(s_patience), "Nobody opened the gate.");
                }

                file.Flush();
            }

            public void Cut(long length) => file.Cut(length);

            public void Dispose() => file.Dispose();
        }
    }
}
