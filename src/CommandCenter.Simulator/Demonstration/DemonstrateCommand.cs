using System.CommandLine;
using CommandCenter.Simulator.Calendar;
using CommandCenter.Simulator.Delivery;

namespace CommandCenter.Simulator.Demonstration;

/// <summary>The verb <c>demonstrate</c>.</summary>
internal static class DemonstrateCommand
{
    private static readonly Option<Uri> s_server = ServerOption.Create("--server", @default: null);

    private static readonly Option<FileInfo> s_keyFile = new("--key-file")
    {
        Description = "File that holds the intake key of the product.",
        Required = true,
    };

    private static readonly Option<long> s_seed = new("--seed")
    {
        Description = "Seed of the city. One data directory holds the city of one seed.",
        DefaultValueFactory = _ => new DemonstrationOptions().Seed,
    };

    private static readonly Option<int> s_days = new("--days")
    {
        Description = $"Days of history before today, 1 to {DemonstrationOptions.DaysMax}.",
        DefaultValueFactory = _ => new DemonstrationOptions().Days,
    };

    private static readonly Option<double> s_rate = new("--rate")
    {
        Description = $"Cases begun every ten seconds beside the city's own day, 0 to {PaceWalk.RateMax}.",
        DefaultValueFactory = _ => new DemonstrationOptions().Rate,
    };

    private static readonly Option<string?> s_config = new("--config")
    {
        Description = "The product's configuration, for its calendar (default: wallboard-config beside the program).",
        HelpName = "DIR",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        s_days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > DemonstrationOptions.DaysMax)
            {
                result.AddError($"--days must be 1 to {DemonstrationOptions.DaysMax}.");
            }
        });
        s_seed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() is < 0)
            {
                result.AddError("--seed must not be negative.");
            }
        });
        s_rate.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is >= 0 and <= PaceWalk.RateMax))
            {
                result.AddError($"--rate must be 0 to {PaceWalk.RateMax}.");
            }
        });

        var command = new Command("demonstrate", "Tells a running product the past of a virtual city, then its present until it is stopped.")
        {
            s_server, s_keyFile, s_seed, s_days, s_rate, s_config,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        var faults = arguments.InvocationConfiguration.Error;
        var keyFile = arguments.GetRequiredValue(s_keyFile);
        var options = new DemonstrationOptions
        {
            Seed = arguments.GetValue(s_seed),
            Days = arguments.GetValue(s_days),
            Rate = arguments.GetValue(s_rate),
        };

        try
        {
            var key = IntakeKey.Read(keyFile.FullName);
            var calendar = WorkCalendar.Read(ConfigFolder.Find(arguments.GetValue(s_config)));
            using var product = new ProductClient(arguments.GetRequiredValue(s_server), key, new RetryPolicy(), TimeProvider.System, faults);
            await new Demonstrator(product, calendar, options, TimeProvider.System, output, faults).RunAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping is how a demonstration ends.
            return 0;
        }
        catch (RunException exception)
        {
            await faults.WriteLineAsync(exception.Message);
            return exception.ExitCode;
        }
    }
}
