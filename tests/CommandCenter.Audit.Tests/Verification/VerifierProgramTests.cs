using System.Diagnostics;
using CommandCenter.Audit.Tests.Evidence;

namespace CommandCenter.Audit.Tests.Verification;

/// <summary>The program that a stranger runs on another computer, as a process.</summary>
public sealed class VerifierProgramTests : IDisposable
{
    private readonly TestLog _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_log_is_said_to_be_whole()
    {
        var head = await _log.FillAsync(2, 2);
        var (code, output) = await RunAsync("--audit", _log.Folder, "--public-key", _log.KeyFile + ".pub", "--head", $"{head}");

        Assert.Equal(0, code);
        Assert.Contains("whole", output);
    }

    [Fact]
    public async Task A_finding_is_a_line_and_an_exit_code()
    {
        _ = await _log.FillAsync(2, 2);
        File.Delete(_log.Files(".ndjson")[0]);
        var (code, output) = await RunAsync("--audit", _log.Folder, "--public-key", _log.KeyFile + ".pub");

        Assert.Equal(1, code);
        Assert.Contains("00000001-20170901T01.ndjson record 1 to 3: audit.file-missing", output);
    }

    [Fact]
    public async Task A_pack_of_evidence_is_proved_with_the_key_of_the_trail()
    {
        await using var log = _log.Open();
        using var pack = new TestPack(log.SignEvidence);
        var (code, output) = await RunAsync("--evidence", pack.Path, "--public-key", _log.KeyFile + ".pub");
        Assert.True(code == 0, output);

        var video = pack.Files.Keys.First(name => name.EndsWith(".mp4", StringComparison.Ordinal));
        var bytes = pack.Files[video].ToArray();
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(pack.Path, video), bytes, Cancelled);
        (code, output) = await RunAsync("--evidence", pack.Path, "--public-key", _log.KeyFile + ".pub");

        Assert.Equal(1, code);
        Assert.Contains("gate-1 2026-11-23/080000.mp4 second 2026-11-23T08:00:04Z: evidence.second-changed", output);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "--evidence", "FOLDER")]
    [InlineData(2, "--evidence", "FOLDER", "--audit", "FOLDER", "--public-key", "KEY")]
    [InlineData(2, "--recordings", "FOLDER", "--public-key", "KEY")]
    [InlineData(3, "--recordings", "MISSING")]
    [InlineData(3, "--evidence", "MISSING", "--public-key", "KEY")]
    [InlineData(1, "--evidence", "FOLDER", "--public-key", "KEY")] // No pack.
    [InlineData(2, "--audit", "FOLDER")]
    [InlineData(2, "--audit", "FOLDER", "--public-key", "KEY", "--head", "7")]
    [InlineData(2, "--audit", "FOLDER", "--public-key", "KEY", "--audit", "FOLDER")]
    [InlineData(2, "--audit", "FOLDER", "--public-key", "NOKEY")]
    [InlineData(2, "--nonsense", "FOLDER")]
    [InlineData(3, "--audit", "MISSING", "--public-key", "KEY")]
    [InlineData(3, "--audit", "FOLDER", "--public-key", "MISSING")]
    [InlineData(0, "--help")]
    public async Task Usage_and_environment_have_codes_of_their_own(int expected, params string[] arguments)
    {
        _ = await _log.FillAsync(1, 1);
        var (code, output) = await RunAsync([.. arguments.Select(argument => argument switch
        {
            "FOLDER" => _log.Folder,
            "KEY" => _log.KeyFile + ".pub",
            "NOKEY" => _log.Files(".ndjson")[0],
            "MISSING" => _log.Folder + "-missing",
            _ => argument,
        })]);

        Assert.True(expected == code, $"{code}: {output}");
    }

    public void Dispose() => _log.Dispose();

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "verify-audit.dll");
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(Cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, output + await error);
    }
}
