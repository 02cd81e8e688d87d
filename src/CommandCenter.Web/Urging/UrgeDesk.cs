using System.Text.Json;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Urging;

/// <summary>
/// 督促, given at our own pages. The rule is checked before the act: who may, in which scope, whether the case can take it. Then it goes the way
/// of every event, through the same parser and limits, and the answer comes when it is on the disk.
/// </summary>
internal sealed class UrgeDesk(GrainHost grains, CaseDetail cases, DeskEvents events, TimeProvider time)
{
    private const int IdMin = 8;
    private const int NameMax = 64;

    private long _given;

    /// <summary>How many orders and replies were recorded; what shows urges looks again when it has risen.</summary>
    public long Given => Interlocked.Read(ref _given);

    /// <summary>Urges the handler of a case.</summary>
    public async Task<(UrgeReceipt? Receipt, QueryFault? Fault)> UrgeAsync(Viewer viewer, string number, UrgeRequest asked, CancellationToken cancellationToken)
    {
        if (asked.Id is not { Length: >= IdMin })
        {
            return (null, new QueryFault(StatusCodes.Status400BadRequest, EventCodes.BadValue, $"An id of {IdMin} to 64 characters is needed, made for this order."));
        }

        var (file, fault) = await FindAsync(viewer, number, cancellationToken);
        if (file is null)
        {
            return (null, fault);
        }

        if (Find(file, asked.Id) is { } before)
        {
            return Repeated(before, before.By == NameOf(viewer) && UrgeView.NameOf(before.About) == asked.About && before.Text == TextOf(asked.Text), "case.urged-before");
        }

        var now = time.GetUtcNow();
        var refusal = await SubmitAsync(viewer, file, "case.urged", now, json =>
        {
            json.WriteString("urgeId", asked.Id);
            json.WriteString("about", asked.About ?? "");
            Write(json, "text", TextOf(asked.Text));
            Write(json, "due", TextOf(asked.Due));
        });
        return refusal is null ? (new UrgeReceipt(asked.Id, now, Repeated: false), null) : (null, refusal);
    }

    /// <summary>Replies to an urge, as the handler of the case.</summary>
    public async Task<(UrgeReceipt? Receipt, QueryFault? Fault)> ReplyAsync(
        Viewer viewer, string number, string urgeId, UrgeReplyRequest asked, CancellationToken cancellationToken)
    {
        var (file, fault) = await FindAsync(viewer, number, cancellationToken);
        if (file is null)
        {
            return (null, fault);
        }

        if (Find(file, urgeId) is { Answer: { } answer } before)
        {
            return Repeated(before, answer.By == NameOf(viewer) && answer.Text == TextOf(asked.Text), "case.urge-answered", answer.At);
        }

        var now = time.GetUtcNow();
        var refusal = await SubmitAsync(viewer, file, "case.urgeAnswered", now, json =>
        {
            json.WriteString("urgeId", urgeId);
            json.WriteString("text", TextOf(asked.Text) ?? "");
        });
        return refusal is null ? (new UrgeReceipt(urgeId, now, Repeated: false), null) : (null, refusal);
    }

    // Only the court where the case lies may urge, and only the handler may reply; a case of others and no case are answered alike.
    private async Task<(CaseFile? File, QueryFault? Fault)> FindAsync(Viewer viewer, string number, CancellationToken cancellationToken)
    {
        var scope = ViewScope.Of(viewer, grains.Courts);
        if (!CaseNumber.TryParse(number, grains.Courts, out var parsed))
        {
            return (null, new QueryFault(StatusCodes.Status400BadRequest, "query.bad-case-number", "This is no case number."));
        }

        var (state, _) = await cases.FindAsync(parsed, cancellationToken);
        if (state?.FileOrNull is not { } file || !scope.Has(file))
        {
            return (null, new QueryFault(StatusCodes.Status404NotFound, "case.unknown", "There is no such case."));
        }

        return state is CaseState.Moved || !scope.Has(file.CourtMark)
            ? (null, DeskEvents.FaultOf("case.transferred-away"))
            : (file, null);
    }

    private async Task<QueryFault?> SubmitAsync(Viewer viewer, CaseFile file, string type, DateTimeOffset now, Action<Utf8JsonWriter> writeData)
    {
        var refusal = await events.SubmitAsync(type, file.CourtMark, NameOf(viewer), file.Number.ToString(), now, now, writeData);
        _ = Interlocked.Increment(ref _given);
        return refusal;
    }

    // The same order come twice is one; another one under its id, or a second reply, is not done.
    private static (UrgeReceipt? Receipt, QueryFault? Fault) Repeated(Urge urge, bool isSame, string code, DateTimeOffset? at = null) =>
        isSame ? (new UrgeReceipt(urge.Id, at ?? urge.At, Repeated: true), null) : (null, DeskEvents.FaultOf(code));

    private static Urge? Find(CaseFile file, string id) => file.Urges.FirstOrDefault(urge => urge.Id == id);

    private static string NameOf(Viewer viewer) => JsonText.Shortened(viewer.Name, NameMax);

    private static string? TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
