using System.CommandLine;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Recount;

/// <summary>The verb on a directory at rest.</summary>
public sealed class RecountCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_directory_in_order_is_proved()
    {
        await using var lab = await FilledAsync();
        var (code, output, _) = await AtRestAsync(lab, () => { });

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("2 records, ", output, StringComparison.Ordinal);
        Assert.Contains("every cell is equal", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_differs_is_printed_and_ends_with_exit_code_1()
    {
        await using var lab = await FilledAsync();

        // The figures come from the snapshot, the count from the journal.
        var (code, output, _) = await AtRestAsync(lab, () => SkippedRecords.AddAFen(lab, partition: 0));

        Assert.Equal(ExitCodes.DoneWithRejects, code);
        Assert.Contains("DIFFERS", output, StringComparison.Ordinal);
        Assert.Contains("  沪0115 2017-09-02 09:00 5m fundsIn: shown 500, counted 501", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_what_the_API_answers()
    {
        await using var lab = await FilledAsync();
        var (code, output, _) = await AtRestAsync(lab, () => { }, "--json");

        var view = JsonSerializer.Deserialize<RecountView>(output, JsonSerializerOptions.Web)!;
        Assert.Equal((ExitCodes.Done, "沪", "proved", 0L, 1L), (code, view.Scope, view.State, view.DifferenceCount, view.Cycles));
        Assert.Equal(2, view.Position.Sum(part => part.Position));
    }

    [Fact]
    public async Task A_directory_in_use_is_refused()
    {
        await using var lab = await FilledAsync();

        var (code, _, error) = await RunAsync("--data", lab.DataDirectory);

        Assert.Equal(ExitCodes.Environment, code);
        Assert.Contains("data.in-use", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_not_made()
    {
        using var empty = new TemporaryDirectory();
        var missing = Path.Combine(empty.Path, "nothing");

        var (code, _, _) = await RunAsync("--data", missing);

        Assert.Equal(ExitCodes.Environment, code);
        Assert.False(Directory.Exists(missing));
    }

    private static async Task<GrainLab> FilledAsync()
    {
        var lab = await GrainLab.OpenAsync(partitions: 1);
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(500, "S-1", null, Day(1)));
        return lab;
    }

    private static async Task<(int Code, string Output, string Error)> AtRestAsync(GrainLab lab, Action change, params string[] options)
    {
        await lab.Host.DrainAsync(Cancellation);
        await lab.Host.DisposeAsync();
        change();
        return await RunAsync(["--data", lab.DataDirectory, .. options]);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var command = new RecountCommand(TimeProvider.System, new LabObserver()).Build();
        var code = await command.Parse([.. options, "--config", RepositoryRoot.Combine("wallboard-config")])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Cancellation);
        return (code, output.ToString(), error.ToString());
    }
}
