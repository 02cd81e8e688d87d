using System.Net;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Scripts;

public sealed class RunScriptTests
{
    // Covers a build of the product, for the case that the tests were built another way than by ./test.sh.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_run_script_serves_and_ends_everything_it_started(bool demonstration)
    {
        using var directory = new TemporaryDirectory();
        using var client = new HttpClient();
        var address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        string[] arguments = ["serve", "--data", Path.Combine(directory.Path, "data"), "--urls", address];
        await using var script = Start(demonstration ? arguments : [.. arguments, "--empty"], directory.Path);

        await Eventually.TrueAsync(
            "run.sh to say that the server is ready",
            s_startLimit,
            _ => script.HasExited
                ? throw new InvalidOperationException($"run.sh ended with exit code {script.ExitCode}. It printed:\n{script.Output}")
                : Task.FromResult(script.Output.Contains("CommandCenter is ready", StringComparison.Ordinal)),
            Cancellation);
        using (var response = await client.GetAsync(new Uri(address + "/health/ready"), Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(0, await script.TerminateAsync(TimeSpan.FromSeconds(30), Cancellation));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(address + "/health/live"), Cancellation));
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("serve --port")]
    [InlineData("serve --port eighty")]
    [InlineData("serve --urls 127.0.0.1")]
    [InlineData("serve --full")]
    public async Task Bad_usage_of_the_run_script_ends_with_two(string arguments)
    {
        await using var script = Start(arguments.Split(' '), Path.GetTempPath());

        Assert.Equal(2, await script.WaitForExitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task A_taken_port_ends_the_run_script_with_three_and_a_reason()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);

        await using var script = Start(
            ["--empty", "--data", Path.Combine(directory.Path, "data"), "--urls", host.Address.GetLeftPart(UriPartial.Authority)], directory.Path);

        Assert.Equal(3, await script.WaitForExitAsync(s_startLimit, Cancellation));
        Assert.Contains("already listens", script.Output, StringComparison.Ordinal);
    }

    private static ChildProcess Start(string[] arguments, string workingDirectory) =>
        ChildProcess.Start(RepositoryRoot.Combine("run.sh"), arguments, workingDirectory);
}
