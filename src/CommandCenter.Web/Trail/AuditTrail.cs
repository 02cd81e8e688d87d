using CommandCenter.Audit;
using CommandCenter.Audit.Reading;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Trail;

/// <summary>The trace of the server: who looked at what, who did what. Opened with the server and sealed at its end.</summary>
internal sealed class AuditTrail : IAsyncDisposable
{
    /// <summary>The folder in the data directory.</summary>
    public const string FolderName = "audit";

    private const int SessionChars = 12; // Enough to tell sessions apart.

    private readonly AuditLog _log;

    /// <exception cref="ConfigurationException">The trace cannot be opened: in use, damaged, or without its key.</exception>
    public AuditTrail(IOptions<ServeOptions> serve, TimeProvider time)
    {
        try
        {
            _log = AuditLog.Open(
                new AuditLogOptions
                {
                    Folder = Path.Combine(serve.Value.DataDirectory, FolderName),
                    KeyFile = serve.Value.AuditKeyFile,
                    RetentionDays = serve.Value.AuditDays,
                },
                time);
        }
        catch (Exception exception) when (exception is AuditException or ArgumentException)
        {
            throw new ConfigurationException(exception.Message, exception);
        }
    }

    /// <summary>Why nothing can be recorded at present; <see langword="null"/> while all is well.</summary>
    public AuditException? Fault => _log.Fault;

    /// <summary>The last record. Worth noting elsewhere now and then.</summary>
    public AuditHead Head => _log.Head;

    /// <summary>
    /// The end that was noted beside the key and was not there at the start; <see langword="null"/> when all was there. After a backup was restored
    /// this is as it must be. Else somebody cut the trace off, or wrote its end anew.
    /// </summary>
    public AuditHead? LostHead => _log.LostHead;

    /// <summary>Reads what searches can then leave out.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public Task IndexAsync(CancellationToken cancellationToken) => _log.IndexAsync(cancellationToken);

    /// <summary>Files that searches can leave out without reading them.</summary>
    public int IndexedCount => _log.IndexedCount;

    /// <summary>Records an act. When this returns it is on the disk; when it throws, the act must not happen.</summary>
    /// <exception cref="AuditException">It could not be recorded.</exception>
    public Task RecordAsync(
        HttpContext http, string action, string? subject, AuditOutcome outcome = AuditOutcome.Done, string? reason = null,
        IReadOnlyDictionary<string, string>? detail = null) =>
        RecordAsync(Viewer.Of(http.User), http, action, subject, outcome, reason, detail);

    /// <summary>Records an act of somebody whom the request does not name yet.</summary>
    /// <exception cref="AuditException">It could not be recorded.</exception>
    public Task RecordAsync(
        Viewer? viewer, HttpContext? http, string action, string? subject, AuditOutcome outcome = AuditOutcome.Done, string? reason = null,
        IReadOnlyDictionary<string, string>? detail = null) => RecordFromAsync(viewer, http?.Connection.RemoteIpAddress?.ToString(), action, subject, outcome, reason, detail);

    /// <summary>Records an act that ends after its request did.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="from">The address that he came from.</param>
    /// <param name="action">Stable code of the act.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="detail">More.</param>
    /// <exception cref="AuditException">It could not be recorded.</exception>
    public Task RecordFromAsync(
        Viewer? viewer, string? from, string action, string? subject, AuditOutcome outcome = AuditOutcome.Done, string? reason = null,
        IReadOnlyDictionary<string, string>? detail = null) => _log.AppendAsync(
        new AuditEntry
        {
            Action = action,
            Outcome = outcome,
            Actor = viewer?.Id,
            Role = viewer?.Role.ToString(),
            Session = viewer?.Session is { Length: > SessionChars } session ? session[..SessionChars] : viewer?.Session,
            From = from,
            Subject = subject,
            Reason = reason,
            Detail = detail,
        },
        CancellationToken.None); // Whoever goes away has looked all the same.

    /// <summary>One page of the trace.</summary>
    public AuditPage Search(AuditQuery query, CancellationToken cancellationToken) => _log.Search(query, cancellationToken);

    /// <summary>Fingerprint of the key that signs the trace, and packs of evidence.</summary>
    public string KeyFingerprint => _log.KeyFingerprint;

    /// <summary>Signs the manifest of a pack of evidence.</summary>
    public byte[] SignEvidence(byte[] manifest) => _log.SignEvidence(manifest);

    public ValueTask DisposeAsync() => _log.DisposeAsync();
}
