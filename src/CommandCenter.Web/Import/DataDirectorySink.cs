using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Import;

/// <summary>Imports into a data directory at rest: the same parser, grains and journal as a running server, without the HTTP between.</summary>
internal sealed class DataDirectorySink : IEventSink
{
    private readonly GrainHost _grains;
    private readonly EventParser _parser;
    private readonly TimeProvider _time;
    private readonly string? _throwAway;

    private DataDirectorySink(GrainHost grains, TimeProvider time, string? throwAway)
    {
        _grains = grains;
        _parser = new EventParser(grains.Courts, grains.Nodes);
        _time = time;
        _throwAway = throwAway;
    }

    /// <summary>Opens a data directory that no server uses.</summary>
    /// <exception cref="ImportEnvironmentException">It is in use, not ours, or of another format.</exception>
    /// <exception cref="ConfigurationException">A file of the configuration is missing or wrong.</exception>
    public static Task<IEventSink> OpenAsync(string dataDirectory, string configDirectory, TimeProvider time, IPartitionObserver observer, CancellationToken cancellationToken) =>
        OpenStoreAsync(dataDirectory, configDirectory, time, observer, cancellationToken);

    /// <summary>Makes an empty store in the folder for temporary files that goes when disposed of.</summary>
    /// <exception cref="ConfigurationException">A file of the configuration is missing or wrong.</exception>
    public static Task<IEventSink> OpenThrowAwayAsync(string configDirectory, TimeProvider time, IPartitionObserver observer, CancellationToken cancellationToken) =>
        OpenStoreAsync(dataDirectory: null, configDirectory, time, observer, cancellationToken);

    public async Task<SinkAnswer> SubmitAsync(ReadOnlyMemory<byte> ndjson, int lines, CancellationToken cancellationToken)
    {
        try
        {
            var batch = new IntakeBatch(_grains, _parser, MachineKeys.IntakeSource, _time.GetUtcNow());
            var end = await NdjsonLines.ReadAsync(
                new MemoryStream(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(ndjson, out var array) ? array.Array! : ndjson.ToArray(), array.Offset, ndjson.Length, writable: false),
                EventParser.LineBytesMax, long.MaxValue, int.MaxValue, batch.Add, cancellationToken);
            System.Diagnostics.Debug.Assert(end == BodyEnd.Complete);
            var answer = await batch.SubmitAsync();
            var told = new SinkAnswer(
                answer.Accepted, answer.Duplicates,
                [.. answer.Rejected.Select(line => new SinkReject(line.Line, line.Code, line.Field, line.Message))]);
            return told.Unavailable is { } code
                ? throw new ImportEnvironmentException($"{code}: {RefusalText.Of(code)} The same command goes on from here.")
                : told;
        }
        catch (PartitionUnavailableException exception)
        {
            throw new ImportEnvironmentException($"{exception.Code}: {exception.Message}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_throwAway is null)
        {
            await _grains.SettleAsync(CancellationToken.None);
            await _grains.DrainAsync(CancellationToken.None);
        }

        await _grains.DisposeAsync();
        if (_throwAway is not null)
        {
            Directory.Delete(_throwAway, recursive: true);
        }
    }

    private static async Task<IEventSink> OpenStoreAsync(
        string? dataDirectory, string configDirectory, TimeProvider time, IPartitionObserver observer, CancellationToken cancellationToken)
    {
        var courts = WallboardConfig.ReadCourts(configDirectory);
        var nodes = WallboardConfig.ReadNodes(configDirectory);
        var throwAway = dataDirectory is null ? Directory.CreateTempSubdirectory("commandcenter-dry-run-").FullName : null;
        try
        {
            var grains = await GrainHost.OpenAsync(
                new PartitionSetOptions { DataDirectory = dataDirectory ?? throwAway! },
                courts, nodes, GrainLimits.Default, time, observer, carries: true, cancellationToken);
            return new DataDirectorySink(grains, time, throwAway);
        }
        catch (DataDirectoryException exception)
        {
            throw new ImportEnvironmentException(
                exception.Code == DataDirectoryException.InUse
                    ? $"{exception.Code}: {exception.Message} Or send to the running server with --server URL."
                    : $"{exception.Code}: {exception.Message}",
                exception);
        }
    }
}
