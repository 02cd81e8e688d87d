using System.CommandLine;
using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Backup;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Tests.Recount;
using Microsoft.Data.Sqlite;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Backup;

public sealed class BackupTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_directory.Path, "backup");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_backup_taken_beside_the_writer_restores_to_what_was_there_then()
    {
        await using var lab = await GrainLab.OpenAsync();
        var run = new CityRun(seed: 7, lab);
        await run.TellAsync(300);
        var then = await lab.ImageAsync();

        _ = Backup(lab);
        await run.TellAsync(50);
        Assert.NotEqual(then, await lab.ImageAsync());
        await RestoreIntoAsync(lab);

        Assert.Equal(then, await lab.ImageAsync());
        Assert.Null(await lab.CheckAsync());
        RecountLab.AssertProved(await lab.RecountAsync());
    }

    [Fact]
    public async Task A_case_that_moves_while_the_journals_are_taken_hold_of_is_in_one_court_only()
    {
        await using var lab = await GrainLab.OpenAsync();
        var number = NewCase.Number();
        var from = number.CourtMark;
        var to = lab.Host.Courts.Courts.First(court => lab.Host.Map.PartitionOf(court) > lab.PartitionOf(from)).Mark;
        await lab.AcceptedAsync(number, NewCase.Filing(Day(0)));

        var holds = 0;
        var manifest = Backup(lab, partition =>
        {
            // The court that gives the case away is held already, the one that takes it is not yet.
            if (partition == lab.PartitionOf(to) && holds++ == 0)
            {
                Wait(lab.AcceptedAsync(number, new CaseCommand.TransferCase(to, Day(2))));
            }
        });
        await RestoreIntoAsync(lab);

        Assert.Equal(2, holds);
        Assert.Equal(1, manifest.Partitions[lab.PartitionOf(to)].Position);
        Assert.Equal((0, 1), ((await lab.StockAsync(from)).Pending, (await lab.StockAsync(to)).Pending));
    }

    [Fact]
    public async Task Courts_that_never_stop_passing_cases_end_the_backup_with_a_code_and_leave_nothing()
    {
        await using var lab = await GrainLab.OpenAsync();
        var numbers = Enumerable.Range(1, 60).Select(static number => NewCase.Number(number)).ToArray();
        var to = lab.Host.Courts.Courts.First(court => lab.Host.Map.PartitionOf(court) > lab.PartitionOf(numbers[0].CourtMark)).Mark;
        foreach (var number in numbers)
        {
            await lab.AcceptedAsync(number, NewCase.Filing(Day(0), number: number.Number));
        }

        var next = 0;
        var refused = Assert.Throws<BackupException>(() => Backup(lab, partition =>
        {
            if (partition == lab.PartitionOf(to))
            {
                Wait(lab.AcceptedAsync(numbers[next++], new CaseCommand.TransferCase(to, Day(2))));
            }
        }));

        Assert.Equal(BackupException.NoCut, refused.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Theory]
    [InlineData("partition-00/journal.db is missing")]
    [InlineData("partition-00/journal.db was changed")]
    [InlineData("extra.txt does not belong to it")]
    public async Task A_damaged_backup_is_named_and_nothing_is_restored(string fault)
    {
        await using var lab = await GrainLab.OpenAsync();
        await lab.AcceptedAsync(NewCase.Number(), NewCase.Filing(Day(0)));
        _ = Backup(lab);
        var (name, what) = (fault.Split(' ')[0], fault[fault.IndexOf(' ', StringComparison.Ordinal)..]);
        Damage(Path.Combine(Target, name), what);

        var data = Path.Combine(_directory.Path, "restored");
        Assert.Equal([fault], RestoreRun.Restore(Target, data, Token));

        Assert.False(Path.Exists(data));
    }

    [Fact]
    public async Task A_backup_is_written_over_nothing_and_restored_over_nothing()
    {
        await using var lab = await GrainLab.OpenAsync();
        _ = Backup(lab);

        Assert.Equal(BackupException.Exists, Assert.Throws<BackupException>(() => Backup(lab)).Code);
        Assert.Equal(BackupException.NotEmpty, Assert.Throws<BackupException>(() => RestoreRun.Restore(Target, lab.DataDirectory, Token)).Code);
        Assert.Equal(
            BackupException.NotABackup,
            Assert.Throws<BackupException>(() => RestoreRun.Restore(lab.DataDirectory, Path.Combine(_directory.Path, "new"), Token)).Code);
    }

    [Fact]
    public async Task Keys_and_traces_of_imports_come_along_and_keys_stay_closed_to_others()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var product = await ProductUnderTest.StartAsync();
        var imports = Directory.CreateDirectory(Path.Combine(product.DataDirectory, "imports"));
        await File.WriteAllTextAsync(Path.Combine(imports.FullName, "log.quarantine.csv"), "line,code\n", Token);
        _ = new BackupRun(ShippedConfig.Courts, TimeProvider.System).Make(product.DataDirectory, Target, Token);

        var data = Path.Combine(_directory.Path, "restored");
        Assert.Empty(RestoreRun.Restore(Target, data, Token));

        Assert.Equal(product.Key, (await File.ReadAllTextAsync(Path.Combine(data, "keys", "intake.key"), Token)).Trim());
        Assert.Equal("line,code\n", await File.ReadAllTextAsync(Path.Combine(data, "imports", "log.quarantine.csv"), Token));
        Assert.All([Path.Combine(Target, "keys", "intake.key"), Path.Combine(data, "keys", "intake.key")], file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Target));
    }

    [Fact]
    public async Task What_directors_did_and_what_walls_showed_come_along()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var walls = Directory.CreateDirectory(Path.Combine(product.DataDirectory, "walls"));
        await File.WriteAllTextAsync(Path.Combine(walls.FullName, "hall-2.json"), "{}", Token);
        await Eventually.TrueAsync("a picture to be recorded", TimeSpan.FromSeconds(20), _ => Task.FromResult(PicturesIn(product.DataDirectory) > 0), Token);

        _ = new BackupRun(ShippedConfig.Courts, TimeProvider.System).Make(product.DataDirectory, Target, Token);
        var data = Path.Combine(_directory.Path, "restored");
        Assert.Empty(RestoreRun.Restore(Target, data, Token));

        Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(data, "walls", "hall-2.json"), Token));
        Assert.InRange(PicturesIn(data), 1, PicturesIn(product.DataDirectory));
        HistoryDatabase.Open(Path.Combine(data, "replay"), TimeProvider.System.GetUtcNow(), out var putAside).Dispose();
        Assert.Null(putAside);
    }

    [Fact]
    public async Task The_verbs_end_with_codes_that_a_script_can_trust()
    {
        await using var lab = await GrainLab.OpenAsync();
        await lab.AcceptedAsync(NewCase.Number(), NewCase.Filing(Day(0)));
        var (backup, restore) = (new BackupCommand(TimeProvider.System).Build(), new RestoreCommand().Build());
        string[] made = ["--data", lab.DataDirectory, "--to", Target, "--config", RepositoryRoot.Combine("wallboard-config")];
        string[] restored = ["--from", Target, "--data", Path.Combine(_directory.Path, "restored")];

        Assert.Equal((0, ""), await RunAsync(backup, made));
        Assert.Equal((2, "backup.exists"), await RunAsync(backup, made));
        Assert.Equal((3, "data.not-ours"), await RunAsync(backup, [.. made, "--data", _directory.Path, "--to", Target + "2"]));
        Assert.Equal((0, ""), await RunAsync(restore, restored));
        Assert.Equal((2, "restore.not-empty"), await RunAsync(restore, restored));
        Assert.Equal((2, "backup.not-a-backup"), await RunAsync(restore, [.. restored, "--from", _directory.Path]));
        _ = Directory.CreateDirectory(Path.Combine(lab.DataDirectory, "replay"));
        await File.WriteAllTextAsync(Path.Combine(lab.DataDirectory, "replay", HistoryDatabase.FileName), "not a recording", Token);
        Assert.Equal(3, (await RunAsync(backup, [.. made, "--to", Target + "3"])).ExitCode);
        Assert.False(Directory.Exists(Target + "3"));
        Damage(Path.Combine(Target, "manifest.json"), "changed");
        Assert.Equal((1, ""), await RunAsync(restore, [.. restored, "--data", Path.Combine(_directory.Path, "other")]));
    }

    private static long PicturesIn(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "replay", HistoryDatabase.FileName)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pieces";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<(int ExitCode, string Code)> RunAsync(Command command, string[] arguments)
    {
        // The last value of an option counts, so that a call can say what is other than in the one before.
        var last = arguments.Chunk(2).GroupBy(static pair => pair[0]).SelectMany(static group => group.Last()).ToArray();
        var error = new StringWriter();
        var code = await command.Parse(last).InvokeAsync(new() { Output = TextWriter.Null, Error = error }, Token);
        return (code, error.ToString().Split(':')[0].Trim());
    }

    private BackupManifest Backup(GrainLab lab, Action<int>? beforeHold = null) =>
        new BackupRun(ShippedConfig.Courts, TimeProvider.System, beforeHold).Make(lab.DataDirectory, Target, Token);

    private async Task RestoreIntoAsync(GrainLab lab)
    {
        await lab.RestartAsync(() =>
        {
            Directory.Delete(lab.DataDirectory, recursive: true);
            Assert.Empty(RestoreRun.Restore(Target, lab.DataDirectory, Token));
        });
        await lab.SettleAsync(); // A journal does not say which messages have left its outbox; they are delivered again and known.
    }

    // Blocks on purpose: the journals are held one after the other on this thread, and the transfer must be over before the next is.
    // It cannot lock up: the grains answer on threads of their own, and there is no context to come back to.
    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static void Damage(string file, string what)
    {
        if (what.Contains("missing", StringComparison.Ordinal))
        {
            File.Delete(file);
        }
        else if (what.Contains("changed", StringComparison.Ordinal))
        {
            using var stream = new FileStream(file, FileMode.Open);
            stream.Position = stream.Length / 2;
            var was = stream.ReadByte();
            stream.Position--;
            stream.WriteByte((byte)~was);
        }
        else
        {
            File.WriteAllText(file, "?");
        }
    }
}
