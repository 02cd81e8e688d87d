using System.CommandLine;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Import.Logs;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import;

/// <summary>Opens the journal of a data directory at rest. Throws <see cref="ImportEnvironmentException"/> when it is in use.</summary>
internal delegate Task<IEventSink> OpenDataDirectory(string dataDirectory, string configDirectory, CancellationToken cancellationToken);

/// <summary>Makes an empty store that decides like the real one and goes when disposed of.</summary>
internal delegate Task<IEventSink> OpenThrowAwayStore(string configDirectory, CancellationToken cancellationToken);

/// <summary>The verb <c>import FILE --map NAME</c>.</summary>
internal sealed class ImportCommand(OpenDataDirectory openData, OpenThrowAwayStore openThrowAway, TimeProvider time)
{
    private const int Done = 0;
    private const int DoneWithRejects = 1;
    private const int BadInput = 2;
    private const int Environment = 3;

    private readonly Argument<string> _file = new("FILE") { Description = "The log: XES or CSV, plain or gzip." };
    private readonly Option<string> _map = new("--map") { Description = "The mapping file's name in CONFIG/imports.", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what an empty command centre would accept and reject; keep nothing." };
    private readonly Option<string?> _court = new("--court") { Description = "Give all cases to this court instead of spreading them.", HelpName = "MARK" };
    private readonly Option<string?> _server = new("--server") { Description = "Send to a running server instead of a data directory at rest.", HelpName = "URL" };
    private readonly Option<string?> _keyFile = new("--key-file") { Description = "File with the server's API key. Default: DATA/keys/intake.key.", HelpName = "PATH" };
    private readonly Option<string> _data = DirectoryOption.Data();
    private readonly Option<string?> _quarantine = new("--quarantine") { Description = "Where refused rows go. Default: DATA/imports/FILE.quarantine.csv.", HelpName = "PATH" };
    private readonly Option<string?> _config = DirectoryOption.Config();
    private readonly Option<bool> _fromStart = new("--from-start") { Description = "Do not go on where an interrupted import stopped; send everything again." };

    /// <summary>The command, ready to hang under the root. The root must turn parse errors into exit code 2.</summary>
    public Command Build()
    {
        var command = new Command("import", "Turn a log (XES, CSV) into events. Exit codes: 0 done, 1 done with rejects, 2 bad usage or input, 3 environment.")
        {
            _file, _map, _dryRun, _court, _server, _keyFile, _data, _quarantine, _config, _fromStart,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        var error = arguments.InvocationConfiguration.Error;
        try
        {
            return await ImportAsync(arguments, output, cancellationToken);
        }
        catch (Exception exception) when (exception is ImportInputException or ConfigurationException)
        {
            error.WriteLine(exception.Message);
            return BadInput;
        }
        catch (Exception exception) when (exception is ImportEnvironmentException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return Environment;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            error.WriteLine("Interrupted. The same command goes on from here.");
            return Environment;
        }
    }

    private async Task<int> ImportAsync(ParseResult arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var isDryRun = arguments.GetValue(_dryRun);
        var court = arguments.GetValue(_court);
        if (court is not null && !IsCourtMark(court))
        {
            throw new ImportInputException($"'{court}' is not a court mark, such as 沪0115.");
        }

        var dataDirectory = Path.GetFullPath(arguments.GetRequiredValue(_data));
        var server = ServerAddress(arguments.GetValue(_server));
        var config = ConfigDirectory.Find(arguments.GetValue(_config));
        var mapping = MappingReader.Read(config, arguments.GetRequiredValue(_map));
        var file = new LogFile(arguments.GetRequiredValue(_file));
        var plan = new ImportPlan
        {
            File = file,
            FileSha256 = await file.HashAsync(cancellationToken),
            Mapping = mapping,
            Court = court,
            Target = isDryRun ? "nowhere (dry run)" : server?.AbsoluteUri ?? dataDirectory,
            FromStart = arguments.GetValue(_fromStart),
        };

        // The sink comes first: it may find a new data directory and claim it, and a directory that holds files already
        // would look like somebody else's.
        await using var sink = isDryRun ? await openThrowAway(config, cancellationToken)
            : server is not null ? OpenServer(server, arguments.GetValue(_keyFile) ?? Path.Combine(dataDirectory, "keys", "intake.key"))
            : await openData(dataDirectory, config, cancellationToken);
        plan = Traces(plan, dataDirectory, arguments.GetValue(_quarantine), isDryRun);

        var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var view = new ImportView(output, isTerminal, isDryRun, time);
        var report = await new Importer(plan, sink, view, time).RunAsync(cancellationToken);
        if (report.RejectedCount == 0)
        {
            return Done;
        }

        if (plan.QuarantinePath is { } quarantine)
        {
            output.WriteLine($"  refused rows, each with its reason: {quarantine}");
        }

        return DoneWithRejects;
    }

    /// <summary>Where the run leaves its traces: place and quarantine. A dry run leaves none unasked.</summary>
    private static ImportPlan Traces(ImportPlan plan, string dataDirectory, string? quarantine, bool isDryRun)
    {
        if (isDryRun)
        {
            return plan with { QuarantinePath = quarantine };
        }

        var imports = Path.Combine(dataDirectory, "imports");
        Directory.CreateDirectory(imports);
        return plan with
        {
            ProgressPath = Path.Combine(imports, $"{plan.Mapping.Name}-{plan.FileSha256[..16]}.progress"),
            QuarantinePath = Path.GetFullPath(
                quarantine ?? Path.Combine(imports, Path.GetFileName(plan.File.Path) + ".quarantine.csv")),
        };
    }

    private static Uri? ServerAddress(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ImportInputException($"'{text}' is not the address of a server, such as http://127.0.0.1:8080.");
    }

    private HttpEventSink OpenServer(Uri server, string keyFile)
    {
        if (!File.Exists(keyFile))
        {
            throw new ImportInputException($"There is no API key in {keyFile}; name its file with --key-file.");
        }

        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(100) };
        return new(http, server, File.ReadAllText(keyFile).Trim(), time);
    }

    /// <summary>One Chinese character and none, two or four digits.</summary>
    private static bool IsCourtMark(string text) =>
        text.Length is 1 or 3 or 5 && text[0] is >= '\u4e00' and <= '\u9fff'
        && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');
}
