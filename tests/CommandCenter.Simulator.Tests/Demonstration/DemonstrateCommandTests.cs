using System.Diagnostics;

namespace CommandCenter.Simulator.Tests.Demonstration;

/// <summary>The built program, as run.sh starts it.</summary>
public sealed class DemonstrateCommandTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task SIGTERM_ends_a_demonstration_with_exit_code_0()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are sent with kill, which this system has not.");
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);
        var keyFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(keyFile, FakeProduct.Key + "\n", TestContext.Current.CancellationToken);
        try
        {
            using var process = Start("demonstrate", "--server", product.Address.ToString().TrimEnd('/'), "--key-file", keyFile, "--days", "2");
            await UntilLineAsync(process.StandardOutput, "Live after");
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

            await WaitForExitAsync(process);

            Assert.Equal(0, process.ExitCode);
            Assert.True(product.Held.Count > 100);
        }
        finally
        {
            File.Delete(keyFile);
        }
    }

    [Theory]
    [InlineData("demonstrate")]
    [InlineData("demonstrate", "--server", "nowhere", "--key-file", "key")]
    [InlineData("demonstrate", "--server", "http://127.0.0.1:1", "--key-file", "no-such-key-file")]
    [InlineData("demonstrate", "--server", "http://127.0.0.1:1", "--key-file", "key", "--days", "0")]
    [InlineData("demonstrate", "--server", "http://127.0.0.1:1", "--key-file", "key", "--rate", "11")]
    [InlineData("demonstrate", "--server", "http://127.0.0.1:1", "--key-file", "key", "--seed", "-1")]
    [InlineData("simulate", "--key-file", "no-such-key-file")]
    [InlineData("simulate", "--url", "nowhere")]
    [InlineData("simulate", "--days", "0")]
    [InlineData("simulate", "--stock", "151")]
    [InlineData("simulate", "--from", "2026-02-30")]
    [InlineData("simulate", "--rate", "fast")]
    [InlineData("simulate", "--scale", "1.5")]
    [InlineData("simulate", "--scale", "181")]
    [InlineData("simulate", "--mischief", "late,theft")]
    [InlineData("simulate", "--config", "no-such-folder")]
    [InlineData("conquer")]
    public async Task Bad_usage_is_told_and_ends_with_exit_code_2(params string[] arguments)
    {
        using var process = Start(arguments);
        var told = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        await WaitForExitAsync(process);

        Assert.Equal(2, process.ExitCode);
        Assert.NotEmpty(told);
    }

    private static Process Start(params string[] arguments)
    {
        var dll = typeof(Simulator.City.VirtualCity).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    private static async Task UntilLineAsync(StreamReader output, string beginning)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        var seen = new List<string>();
        while (await output.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return;
            }

            seen.Add(line);
        }

        Assert.Fail($"The program ended without a line '{beginning}'. It said: {string.Join(" | ", seen)}");
    }

    private static async Task WaitForExitAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"The program did not end within {s_patience}.");
        }
    }
}
