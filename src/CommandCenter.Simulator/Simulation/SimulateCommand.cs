using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Delivery;
using CommandCenter.Simulator.Mischief;
using CommandCenter.Simulator.Scale;

namespace CommandCenter.Simulator.Simulation;

/// <summary>The verb <c>simulate</c>.</summary>
internal static class SimulateCommand
{
    private static readonly Option<Uri> s_url = ServerOption.Create("--url", "http://127.0.0.1:8080");
    private static readonly Option<string> s_data = new("--data") { Description = "The server's data directory, for its intake key.", HelpName = "DIR", DefaultValueFactory = _ => "data" };
    private static readonly Option<string?> s_keyFile = new("--key-file") { Description = "File that holds the intake key (default: keys/intake.key in --data).", HelpName = "FILE" };
    private static readonly Option<string?> s_config = new("--config") { Description = "The configuration directory.", HelpName = "DIR" };

    private static readonly Option<long> s_seed = new("--seed")
    {
        Description = "Seed of the city.",
        HelpName = "N",
        CustomParser = result => Number<long>(result, text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null, "a whole number, 0 or more"),
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<DateOnly?> s_from = new("--from")
    {
        Description = "First day, such as 2026-03-02 (default: so that --days ends today).",
        HelpName = "DATE",
        CustomParser = result => Number<DateOnly>(result, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) && day.Year is >= 2001 and <= 2090 ? day : null, "a day from 2001 on, such as 2026-03-02"),
    };

    private static readonly Option<int> s_days = new("--days")
    {
        Description = $"How many days, 1 to {SimulationOptions.DaysMax}.",
        HelpName = "N",
        CustomParser = result => Number<int>(
            result, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= SimulationOptions.DaysMax ? days : null, $"1 to {SimulationOptions.DaysMax}"),
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> s_stock = new("--stock")
    {
        Description = $"How many days before the first the old stock goes back, 0 to {CityWalk.StockDays}.",
        HelpName = "N",
        CustomParser = result => Number<int>(
            result, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= CityWalk.StockDays ? days : null, $"0 to {CityWalk.StockDays}"),
        DefaultValueFactory = _ => CityWalk.StockDays,
    };

    // Zero stands for as fast as it goes, so that an option that is not given and one that says max are alike.
    private static readonly Option<double> s_rate = new("--rate")
    {
        Description = $"Times real time, up to {SimulationOptions.RateMax}; 0 or max for as fast as it goes.",
        HelpName = "X",
        CustomParser = result => Number<double>(
            result,
            text => text == "max" ? 0 : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= SimulationOptions.RateMax ? rate : null,
            $"max, or a number from 0 to {SimulationOptions.RateMax}"),
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<double> s_scale = new("--scale")
    {
        Description = $"How many times the courts, 1 to {ScaledCourts.ScaleMax}; below 1 for smaller courts.",
        HelpName = "N",
        CustomParser = result => Number<double>(
            result,
            text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var scale)
                && (scale is > 0 and < 1 || (scale is >= 1 and <= ScaledCourts.ScaleMax && double.IsInteger(scale))) ? scale : null,
            $"a whole number from 1 to {ScaledCourts.ScaleMax}, or a number between 0 and 1"),
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<MischiefKinds> s_mischief = new("--mischief")
    {
        Description = $"What goes wrong, separated by commas: {string.Join(", ", MischiefNames.ByName.Keys)}; or all.",
        HelpName = "KINDS",
        CustomParser = Kinds,
    };

    private static readonly Option<string?> s_expect = new("--expect") { Description = "Write what the server must show, as JSON.", HelpName = "FILE" };
    private static readonly Option<string?> s_writeCourts = new("--write-courts") { Description = "Write a configuration with --scale times the courts, and end.", HelpName = "DIR" };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "simulate",
            "Tell a running server days of a virtual Shanghai, through its public API. Exit codes: 0 done, 1 the server answered otherwise than it must, 2 bad usage, 3 environment.")
        {
            s_url, s_data, s_keyFile, s_config, s_seed, s_from, s_days, s_stock, s_rate, s_scale, s_mischief, s_expect, s_writeCourts,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, faults) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var rate = arguments.GetValue(s_rate);
        var options = new SimulationOptions
        {
            Seed = arguments.GetValue(s_seed),
            From = arguments.GetValue(s_from),
            Days = arguments.GetValue(s_days),
            StockDays = arguments.GetValue(s_stock),
            Rate = rate == 0 ? null : rate,
            Scale = arguments.GetValue(s_scale),
            Mischief = arguments.GetValue(s_mischief),
            ExpectFile = arguments.GetValue(s_expect),
        };
        try
        {
            var config = ConfigFolder.Find(arguments.GetValue(s_config));
            if (arguments.GetValue(s_writeCourts) is { } folder)
            {
                var courts = ScaledCourts.Write(config, Math.Max(1, (int)options.Scale), folder);
                await output.WriteLineAsync($"Wrote a configuration of {courts} courts to {folder}. Serve with it: ./run.sh serve --empty --config {folder}");
                return 0;
            }

            var key = IntakeKey.Read(arguments.GetValue(s_keyFile) ?? Path.Combine(arguments.GetValue(s_data)!, "keys", "intake.key"));
            using var product = new ProductClient(arguments.GetValue(s_url)!, key, new RetryPolicy(), TimeProvider.System, faults);
            var simulation = new CitySimulation(product, config, options, TimeProvider.System, output, faults, !Console.IsOutputRedirected);
            return await simulation.RunAsync(cancellationToken) ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await faults.WriteLineAsync("Stopped before its end.");
            return 3;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await faults.WriteLineAsync(exception.Message);
            return 3;
        }
        catch (RunException exception)
        {
            await faults.WriteLineAsync(exception.Message);
            return exception.ExitCode;
        }
    }

    private static T Number<T>(ArgumentResult result, Func<string, T?> parse, string wanted)
        where T : struct
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (parse(text) is { } value)
        {
            return value;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} must be {wanted}, not '{text}'.");
        return default;
    }

    private static MischiefKinds Kinds(ArgumentResult result)
    {
        var kinds = MischiefKinds.None;
        foreach (var name in (result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty).Split(','))
        {
            if (name == "all")
            {
                kinds = MischiefNames.ByName.Values.Aggregate((one, other) => one | other);
            }
            else if (MischiefNames.ByName.TryGetValue(name, out var kind))
            {
                kinds |= kind;
            }
            else
            {
                result.AddError($"--mischief knows no '{name}'; it knows {string.Join(", ", MischiefNames.ByName.Keys)} and all.");
            }
        }

        return kinds;
    }
}
