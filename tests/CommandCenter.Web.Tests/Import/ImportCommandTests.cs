using System.CommandLine;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Import;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Import;

public sealed class ImportCommandTests : IDisposable
{
    private readonly ImportLab _lab = new();
    private readonly AccountingSink _sink = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private string? _openedData;
    private string? _openedConfig;
    private int _throwAwayStores;
    private bool _isInUse;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_clean_import_into_a_data_directory_exits_with_0_and_says_what_it_did()
    {
        Assert.Equal(0, await Run(Clean(), "--map", "traffic-fines"));

        Assert.Equal(_lab.In("data"), _openedData);
        Assert.Equal("WB", Assert.Single(_sink.WayByCase.Values));
        var text = _output.ToString();
        Assert.Contains("rows        2 of 1 cases", text, StringComparison.Ordinal);
        Assert.Contains("accepted    4", text, StringComparison.Ordinal);
        Assert.Contains("rejected    0", text, StringComparison.Ordinal);
        Assert.Contains("events/s", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_with_refusals_exits_with_1_and_names_codes_and_quarantine()
    {
        var log = new FinesLog().Create("A1", "35.0").Pay("A1", "35.0").Collect("A1").Row("B2", "?");

        Assert.Equal(1, await Run(_lab.Write("log.csv", log.ToString()), "--map", "traffic-fines"));

        var quarantine = Path.Combine(_lab.In("data"), "imports", "log.csv.quarantine.csv");
        Assert.Contains("case.already-closed  1", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("import.activity-unknown  1", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(quarantine, _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, (await File.ReadAllLinesAsync(quarantine, Token)).Length);
    }

    [Fact]
    public async Task A_dry_run_asks_a_throw_away_store_and_leaves_nothing_behind()
    {
        var log = new FinesLog().Create("A1", "35.0").Pay("A1", "35.0").Collect("A1");

        Assert.Equal(1, await Run(_lab.Write("log.csv", log.ToString()), "--map", "traffic-fines", "--dry-run"));

        Assert.Equal((null, 1), (_openedData, _throwAwayStores));
        Assert.False(Directory.Exists(_lab.In("data")));
        Assert.Contains("Dry run", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("case.already-closed  1", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no map 'nosuch'", "--map", "nosuch")]
    [InlineData("is not a court mark", "--map", "traffic-fines", "--court", "Pudong")]
    [InlineData("is not the address of a server", "--map", "traffic-fines", "--server", "localhost")]
    [InlineData("There is no API key", "--map", "traffic-fines", "--server", "http://127.0.0.1:9")]
    [InlineData("line 1", "--map", "receipt")]
    public async Task Bad_usage_or_input_exits_with_2_and_says_why(string message, params string[] arguments)
    {
        Assert.Equal(2, await Run(Clean(), arguments));

        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_exits_with_2()
    {
        Assert.Equal(2, await Run(_lab.In("nosuch.csv"), "--map", "traffic-fines"));

        Assert.Contains("nosuch.csv", _error.ToString(), StringComparison.Ordinal);
        Assert.Null(_openedData);
    }

    [Fact]
    public async Task A_data_directory_in_use_exits_with_3_and_says_so()
    {
        _isInUse = true;

        Assert.Equal(3, await Run(Clean(), "--map", "traffic-fines"));

        Assert.Contains("in use", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sink_that_dies_exits_with_3_and_the_same_command_goes_on()
    {
        var log = new FinesLog();
        for (var i = 1; i <= 3_000; i++)
        {
            log.Create($"N{i}", "35.0");
        }

        var path = _lab.Write("log.csv", log.ToString());
        _sink.DiesAtBatch = 3;

        Assert.Equal(3, await Run(path, "--map", "traffic-fines"));
        Assert.Equal(0, await Run(path, "--map", "traffic-fines"));

        Assert.Contains("An earlier run did", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal((3_000, 0), (_sink.WayByCase.Count, _sink.DuplicateCount));
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public async Task Courts_and_nodes_come_from_the_directory_of_the_maps(params string[] arguments)
    {
        _ = Directory.CreateSymbolicLink(_lab.In("config"), SharedData.ConfigDirectory);

        Assert.Equal(0, await Run(Clean(), ["--map", "traffic-fines", "--config", _lab.In("config"), .. arguments]));

        Assert.Equal(_lab.In("config"), _openedConfig);
    }

    [Fact]
    public async Task Without_a_name_the_configuration_is_found_here_or_above_as_the_server_finds_it()
    {
        Assert.Equal(0, await Invoke(Fakes(), Clean(), "--map", "traffic-fines"));

        Assert.Equal(ConfigDirectory.Find(null), _openedConfig);
    }

    [Fact]
    public async Task A_configuration_directory_that_is_not_there_exits_with_2()
    {
        Assert.Equal(2, await Run(Clean(), "--map", "traffic-fines", "--config", _lab.In("nosuch")));

        Assert.Contains("There is no folder", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public async Task Wrong_courts_in_the_named_directory_exit_with_2_and_leave_nothing_behind(params string[] arguments)
    {
        var config = Directory.CreateDirectory(_lab.In("config")).FullName;
        _ = Directory.CreateSymbolicLink(Path.Combine(config, "imports"), Path.Combine(SharedData.ConfigDirectory, "imports"));
        _ = _lab.Write("config/courts.json", "{}");

        Assert.Equal(2, await Invoke(Real(), Clean(), ["--map", "traffic-fines", "--config", config, .. arguments]));

        Assert.Contains(Path.Combine(config, "courts.json"), _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_lab.In("data")));
    }

    private string Clean() => _lab.Write("log.csv", new FinesLog().Create("A1", "35.0").Pay("A1", "35.0").ToString());

    private Task<int> Run(string file, params string[] arguments) => Invoke(
        Fakes(), file, arguments.Contains("--config") ? arguments : [.. arguments, "--config", SharedData.ConfigDirectory]);

    private Task<int> Invoke(ImportCommand import, string file, params string[] arguments)
    {
        string[] all = [file, .. arguments, "--data", _lab.In("data")];
        var parsed = import.Build().Parse(all);
        Assert.Empty(parsed.Errors);
        return parsed.InvokeAsync(new() { Output = _output, Error = _error }, Token);
    }

    private ImportCommand Fakes() => new(
        (directory, config, _) =>
        {
            (_openedData, _openedConfig) = (directory, config);
            return _isInUse
                ? throw new ImportEnvironmentException($"{directory} is in use by another process.")
                : Task.FromResult<IEventSink>(_sink);
        },
        (config, _) =>
        {
            _openedConfig = config;
            _throwAwayStores++;
            return Task.FromResult<IEventSink>(new AccountingSink());
        },
        TimeProvider.System);

    private static ImportCommand Real()
    {
        var log = new GrainLog(NullLogger<GrainLog>.Instance);
        return new(
            (data, config, token) => DataDirectorySink.OpenAsync(data, config, TimeProvider.System, log, token),
            (config, token) => DataDirectorySink.OpenThrowAwayAsync(config, TimeProvider.System, log, token),
            TimeProvider.System);
    }
}
