using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Verification;
using CommandCenter.Audit.Writing;

namespace CommandCenter.Audit.Tests.Writing;

public sealed class RetentionTests : IDisposable
{
    private readonly TestLog _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_older_than_184_days_go_their_checkpoints_stay_and_the_rest_is_whole()
    {
        var old = await _log.FillAsync(hours: 5, recordsAnHour: 3);
        _log.Time.Add(TimeSpan.FromDays(184) - TimeSpan.FromHours(2));
        var head = await _log.FillAsync(hours: 3, recordsAnHour: 3);

        Assert.InRange(_log.Files(".ndjson").Length, 4, 7);
        var numbers = _log.Files(".checkpoint").Select(file => Path.GetFileName(file)[..8]).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => $"{number:D8}"), numbers);
        Assert.Empty(_log.Verify(head).Findings);
        Assert.Equal([AuditFinding.HeadTooOld], _log.Verify(old with { Sequence = 2 }).Findings.Select(finding => finding.Code));
        Assert.NotEmpty(new AuditReader(_log.Folder).Read(new AuditQuery { ActionPrefix = AuditActions.Removed }, long.MaxValue, Cancelled));
    }

    [Fact]
    public async Task Nothing_younger_goes()
    {
        _ = await _log.FillAsync(hours: 5, recordsAnHour: 3);
        var files = _log.Files(".ndjson");
        _log.Time.Add(TimeSpan.FromDays(183));
        _ = await _log.FillAsync(hours: 1, recordsAnHour: 1);

        Assert.Superset(files.ToHashSet(), _log.Files(".ndjson").ToHashSet());
    }

    [Fact]
    public async Task A_file_that_somebody_else_removed_is_missed_also_after_the_retention_did_its_work()
    {
        _ = await _log.FillAsync(hours: 5, recordsAnHour: 3);
        _log.Time.Add(TimeSpan.FromDays(184) - TimeSpan.FromHours(2));
        _ = await _log.FillAsync(hours: 3, recordsAnHour: 3);
        var victim = _log.Files(".ndjson")[0];
        File.Delete(victim);

        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal((Path.GetFileName(victim), AuditFinding.FileMissing), (finding.File, finding.Code));
    }

    [Fact]
    public async Task A_clock_that_runs_years_ahead_costs_a_day_an_hour_and_not_everything()
    {
        _ = await _log.FillAsync(hours: 60, recordsAnHour: 1);
        _log.Time.Add(TimeSpan.FromDays(1_000));
        await using (var log = _log.Open())
        {
            await log.SealAsync(Cancelled); // Old files are looked for once at the start and once after a seal.
            _ = await log.AppendAsync(TestLog.View(1), Cancelled);
        }

        Assert.InRange(_log.Files(".ndjson").Length, 61 - (3 * AuditWriter.RemovedAtOnceMax), 61);
        Assert.Empty(_log.Verify().Findings);
    }

    public void Dispose() => _log.Dispose();
}
