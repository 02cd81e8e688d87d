using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras;

/// <summary>The registered cameras. Read by any thread without waiting; changed one after the other, on the disk before it is seen.</summary>
internal sealed class CameraRegistry : IDisposable
{
    /// <summary>As many as an installation may have.</summary>
    public const int DevicesMax = 1_000;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CameraDatabase _database;
    private readonly IDataProtector _seal;
    private volatile Shelf _shelf;

    /// <exception cref="ConfigurationException">The file cannot be used.</exception>
    public CameraRegistry(IOptions<ServeOptions> serve, IDataProtectionProvider protection)
    {
        _seal = protection.CreateProtector("CommandCenter.Cameras.Secret");
        _database = CameraDatabase.Open(serve.Value.DataDirectory);
        _shelf = new Shelf(_database.Read());
    }

    /// <summary>All, by id. Another list whenever something changed.</summary>
    public IReadOnlyList<CameraDevice> All => _shelf.Devices;

    /// <summary>A camera.</summary>
    public CameraDevice? Find(string id) => _shelf.ById.GetValueOrDefault(id).Device;

    /// <summary>The secret of a camera, for whoever fetches its pictures and for nobody else; <see langword="null"/> when it has none that can be opened.</summary>
    public string? SecretOf(string id)
    {
        try
        {
            return _shelf.ById.GetValueOrDefault(id).Secret is { } kept ? Encoding.UTF8.GetString(_seal.Unprotect(kept)) : null;
        }
        catch (CryptographicException)
        {
            return null; // The keys of the server were lost: the camera then refuses us, and its state says so.
        }
    }

    /// <summary>Registers a camera, or changes one.</summary>
    /// <param name="asked">As it is asked for, already checked; its revision counts for nothing.</param>
    /// <param name="secret">The new secret; <see langword="null"/> keeps the one that is there, nothing takes it away.</param>
    /// <param name="before">The revision that is changed; <see langword="null"/> for a new camera.</param>
    /// <param name="record">Leaves the trace, with the camera that was and the one to be; what it refuses is not done.</param>
    /// <param name="cancellationToken">Ends the waiting for one's turn.</param>
    /// <returns>The code of the refusal, if any.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<string?> SaveAsync(CameraDevice asked, string? secret, long? before, Func<CameraDevice?, CameraDevice, Task> record, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var known = _shelf.ById.GetValueOrDefault(asked.Id);
            if (RefusalOf(known.Device, before) is { } refusal)
            {
                return refusal;
            }

            var kept = secret switch { null => known.Secret, "" => null, _ => _seal.Protect(Encoding.UTF8.GetBytes(secret)) };
            var device = asked with { HasSecret = kept is not null, Revision = (known.Device?.Revision ?? 0) + 1 };
            await record(known.Device, device);
            return Write(() => _database.Write(device, kept, known.Device?.Revision ?? 0));
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    /// <summary>Removes a camera.</summary>
    /// <inheritdoc cref="SaveAsync"/>
    public async Task<string?> RemoveAsync(string id, long before, Func<CameraDevice, Task> record, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Find(id) is not { } known)
            {
                return "camera.unknown";
            }

            if (RefusalOf(known, before) is { } refusal)
            {
                return refusal;
            }

            await record(known);
            return Write(() => _database.Remove(id, before));
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _database.Dispose();
    }

    private string? RefusalOf(CameraDevice? known, long? before) => (known, before) switch
    {
        (null, null) => All.Count >= DevicesMax ? "camera.too-many" : null,
        (null, _) => "camera.unknown",
        (_, null) => "camera.id-taken",
        _ => known.Revision == before ? null : "camera.changed-meanwhile",
    };

    private string? Write(Func<bool> write)
    {
        try
        {
            var isDone = write();
            _shelf = new Shelf(_database.Read());
            return isDone ? null : "camera.changed-meanwhile";
        }
        catch (SqliteException exception)
        {
            throw new IOException($"{CameraDatabase.FileName}: {exception.Message}", exception);
        }
    }

    private sealed class Shelf(IReadOnlyList<(CameraDevice Device, byte[]? Secret)> rows)
    {
        public IReadOnlyList<CameraDevice> Devices { get; } = [.. rows.Select(static row => row.Device)];

        public FrozenDictionary<string, (CameraDevice? Device, byte[]? Secret)> ById { get; } =
            rows.ToFrozenDictionary(static row => row.Device.Id, static row => ((CameraDevice?)row.Device, row.Secret), StringComparer.Ordinal);
    }
}
