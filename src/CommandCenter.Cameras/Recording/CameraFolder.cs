using System.Text.Json;

namespace CommandCenter.Cameras.Recording;

/// <summary>What belongs to one camera: its folder, its chain and its holds.</summary>
internal sealed class CameraFolder
{
    private const string HoldsFile = "holds.json";

    private readonly Lock _gate = new();
    private readonly RecordingDisk _disk;
    private LegalHold[] _holds;

    /// <summary>Opens a folder, or makes it.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    /// <exception cref="RecordingException">The chain or the holds cannot be read: <c>recording.damaged</c>. Nothing may be removed then.</exception>
    public CameraFolder(string root, string name, RecordingDisk disk)
    {
        Name = name;
        Folder = Path.Combine(root, name);
        _disk = disk;
        _ = Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Chain = new CameraChain(Folder, name, disk);
        _holds = ReadHolds();
    }

    public string Name { get; }

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    public CameraChain Chain { get; }

    /// <summary>What is held now.</summary>
    public IReadOnlyList<LegalHold> Holds
    {
        get
        {
            lock (_gate)
            {
                return _holds;
            }
        }
    }

    /// <summary>Holds a range. On the disk when this returns; the same hold twice is held once.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Hold(LegalHold hold)
    {
        lock (_gate)
        {
            if (!_holds.Contains(hold))
            {
                // First what holds, then what says so: a crash in between leaves too much held, never too little.
                Put([.. _holds.Where(other => other.Id != hold.Id), hold]);
                Say(RecordLine.Held, hold, hold.By, hold.Why, hold.At);
            }
        }
    }

    /// <summary>Lets go of a range; false when there is no such hold. On the disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public bool Release(string id, string by, string why, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_holds.FirstOrDefault(hold => hold.Id == id) is not { } hold)
            {
                return false;
            }

            Say(RecordLine.Released, hold, by, why, at);
            Put([.. _holds.Where(other => other.Id != id)]);
            return true;
        }
    }

    private void Say(string kind, LegalHold hold, string by, string why, DateTimeOffset at) => _ = Chain.Append(new RecordLine
    {
        Prev = "",
        Kind = kind,
        At = at.ToUniversalTime(),
        Until = hold.Until.ToUniversalTime(),
        Hold = hold.Id,
        From = hold.From.ToUniversalTime(),
        By = by,
        Why = why,
    });

    private void Put(LegalHold[] holds)
    {
        _disk.Put(Path.Combine(Folder, HoldsFile), JsonSerializer.SerializeToUtf8Bytes(holds, JsonSerializerOptions.Web));
        _holds = holds;
    }

    private LegalHold[] ReadHolds()
    {
        var path = Path.Combine(Folder, HoldsFile);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<LegalHold[]>(File.ReadAllBytes(path), JsonSerializerOptions.Web) ?? throw new JsonException("It holds null.");
        }
        catch (JsonException exception)
        {
            throw new RecordingException(RecordingException.Damaged, $"The holds of {Name} cannot be read. Bring {HoldsFile} back from a backup; the chain says what was held.", exception);
        }
    }
}
