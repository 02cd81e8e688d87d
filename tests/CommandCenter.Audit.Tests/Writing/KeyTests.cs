using CommandCenter.Audit.Verification;

namespace CommandCenter.Audit.Tests.Writing;

public sealed class KeyTests : IDisposable
{
    private readonly TestLog _log = new();

    private string OldKeyFile => _log.KeyFile + ".old";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_whose_key_was_changed_is_whole_for_either_key(bool isLeftOpen)
    {
        await LiveAndChangeKeyAsync(isLeftOpen);
        await _log.Open().DisposeAsync();
        File.Delete(OldKeyFile);
        _ = await _log.FillAsync(2, 2);

        Assert.Empty(_log.Verify().Findings);
        Assert.Empty(_log.Verify(keyFile: OldKeyFile + ".pub").Findings);
        Assert.Equal(2, _log.Files(".pub").Length);
    }

    [Fact]
    public async Task A_key_that_the_old_one_does_not_vouch_for_is_named()
    {
        await LiveAndChangeKeyAsync(isLeftOpen: false);
        File.Delete(OldKeyFile);
        _ = await _log.FillAsync(2, 2);

        Assert.All([_log.KeyFile, OldKeyFile], key => Assert.Equal(
            [AuditFinding.KeyUnknown], _log.Verify(keyFile: key + ".pub").Findings.Select(finding => finding.Code)));
    }

    [Fact]
    public async Task Another_logs_key_proves_nothing()
    {
        using var other = new TestLog();
        _ = await other.FillAsync(1, 1);
        _ = await _log.FillAsync(1, 1);

        Assert.Contains(_log.Verify(keyFile: other.KeyFile + ".pub").Findings, finding => finding.Code == AuditFinding.KeyUnknown);
    }

    /// <summary>Who can write to the folder but has not the key: a log that is whole in itself, signed by a key of his own.</summary>
    [Fact]
    public async Task A_log_that_was_forged_as_a_whole_does_not_pass()
    {
        _ = await _log.FillAsync(2, 2);
        using var forged = new TestLog();
        _ = await forged.FillAsync(2, 2);

        Assert.NotEmpty(forged.Verify(keyFile: _log.KeyFile + ".pub").Findings);
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_refused()
    {
        await _log.Open().DisposeAsync();
        File.SetUnixFileMode(_log.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Equal(AuditException.KeyUnusable, Assert.Throws<AuditException>(_log.Open).Code);
    }

    [Fact]
    public async Task A_file_that_is_no_key_is_refused()
    {
        await _log.Open().DisposeAsync();
        await File.WriteAllTextAsync(_log.KeyFile, "nonsense", TestContext.Current.CancellationToken);

        Assert.Equal(AuditException.KeyUnusable, Assert.Throws<AuditException>(_log.Open).Code);
    }

    public void Dispose() => _log.Dispose();

    private async Task LiveAndChangeKeyAsync(bool isLeftOpen)
    {
        _ = await _log.FillAsync(2, 2);
        if (isLeftOpen)
        {
            await using var log = _log.Open();
            using var crashed = _log.Crashed();
            await log.DisposeAsync();
            foreach (var file in Directory.EnumerateFiles(_log.Folder))
            {
                File.Delete(file);
            }

            foreach (var file in Directory.EnumerateFiles(crashed.Folder))
            {
                File.Copy(file, Path.Combine(_log.Folder, Path.GetFileName(file)));
            }
        }

        File.Move(_log.KeyFile, OldKeyFile);
        File.Move(_log.KeyFile + ".pub", OldKeyFile + ".pub");
    }
}
