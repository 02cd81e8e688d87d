using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Properties;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Urging;

namespace CommandCenter.Web.Reading;

/// <summary>One event of a case with its source and when it was recorded.</summary>
internal sealed record TimelineEntry(
    DateTimeOffset At, DateTimeOffset RecordedAt, string Type, string? Source, string? Id, string? Court, string? By,
    IReadOnlyList<string> Irregular, object Data);

/// <summary>A property under control.</summary>
internal sealed record PropertyItem(string PropertyId, string Class, string Act, DateOnly Until, long? AmountFen, int? Rank);

/// <summary>曾用名: what a party was called before, and since when that is known.</summary>
internal sealed record FormerNameItem(string Was, string Now, DateTimeOffset At);

/// <summary>A movement of money.</summary>
internal sealed record FundsItem(string Serial, string Direction, long AmountFen, long ReversedFen);

/// <summary>A case whole.</summary>
internal sealed record CaseView(
    string Number, string Kind, string Court, string Status, string? Way, string Cause, string Basis, long ClaimFen, long FundsInFen, long FundsOutFen,
    IReadOnlyList<string> Applicants, IReadOnlyList<string> Debtors, IReadOnlyList<FormerNameItem> FormerNames, string? Handler, string? Parent, string? ReinstatedAs,
    DateTimeOffset FiledAt, DateTimeOffset? ClosedAt, string? Node, IReadOnlyList<string> Suspensions, IReadOnlyList<PropertyItem> Properties,
    IReadOnlyList<FundsItem> Funds, IReadOnlyList<string> OpenPetitions, IReadOnlyList<string> Irregular, IReadOnlyList<TimelineEntry> Timeline,
    DateTimeOffset AsOf, DateTimeOffset DueAt, bool Overdue, IReadOnlyList<TrackNode> Track)
{
    /// <summary>督促, answered or not, in the order in which they were given.</summary>
    public IReadOnlyList<UrgeView> Urges { get; init; } = [];
}

/// <summary><c>GET /api/v1/cases/{number}</c>: the case with its timeline, which is read along the chain of its records in the journals.</summary>
internal sealed class CaseDetail(GrainHost grains, WorkingDays calendar, TimeProvider time)
{
    private const int TimelineMax = 2_000;
    private const int HopsMax = 16;
    private const int RecordsPerQuestion = 100; // A question runs on the writer's thread: long timelines come in pieces.

    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(Viewer viewer, string number, CancellationToken cancellationToken)
    {
        var (view, fault) = await FindAsync(viewer, number, cancellationToken);
        return fault?.ToResult() ?? Results.Ok(view);
    }

    /// <summary>Whether there is such a case: 200 or 404, without a word about it.</summary>
    public async Task<IResult> HoldsAsync(string number, CancellationToken cancellationToken) =>
        CaseNumber.TryParse(number, grains.Courts, out var parsed) && (await FindAsync(parsed, cancellationToken)).State?.FileOrNull is not null
            ? Results.Ok()
            : Results.NotFound();

    /// <summary>Finds a case, or says what is wrong with the question. What tells of people is masked.</summary>
    public Task<(CaseView? View, QueryFault? Fault)> FindAsync(Viewer viewer, string number, CancellationToken cancellationToken) =>
        FindAsync(viewer, number, PersonMask.On, cancellationToken);

    /// <summary>The same with the mask on or off.</summary>
    public async Task<(CaseView? View, QueryFault? Fault)> FindAsync(Viewer viewer, string number, PersonMask mask, CancellationToken cancellationToken)
    {
        if (!CaseNumber.TryParse(number, grains.Courts, out var parsed))
        {
            return (null, new QueryFault(StatusCodes.Status400BadRequest, "query.bad-case-number", "This is no case number."));
        }

        var (state, last) = await FindAsync(parsed, cancellationToken);
        if (state?.FileOrNull is not { } file || !ViewScope.Of(viewer, grains.Courts).Has(file))
        {
            // A case of others and no case are answered alike: the answer tells nobody that it exists.
            return (null, new QueryFault(StatusCodes.Status404NotFound, "case.unknown", "There is no such case."));
        }

        var records = await RecordsAsync(last, cancellationToken);
        mask = mask.For([.. file.Applicants, .. file.Debtors, .. file.FormerNames.SelectMany(static former => new[] { former.Was, former.Now }), .. PayersIn(records)]);
        IReadOnlyList<TimelineEntry> timeline = [.. records.Select(record => EntryOf(record, mask))];
        var closed = state as CaseState.Closed;
        var now = time.GetUtcNow();
        var dueAt = CaseRow.DueAtOf(file);
        var view = new CaseView(
            file.Number.ToString(), file.Number.Type.Mark, file.CourtMark, StatusOf(state), closed?.Way.Code(), mask.Text(file.Cause), mask.Text(file.Basis), file.ClaimFen,
            file.Funds.InFen, file.Funds.OutFen, mask.Names(file.Applicants), mask.Names(file.Debtors),
            [.. file.FormerNames.Select(former => new FormerNameItem(mask.Name(former.Was), mask.Name(former.Now), former.At))], file.Handler, file.Parent?.ToString(), closed?.ReinstatedAs?.ToString(),
            file.FiledAt, closed?.ClosedAt, file.Flow.Latest == 0 ? null : grains.Nodes[file.Flow.Latest].Code,
            [.. file.Suspensions.Select(suspension => mask.Text(suspension.Ground))],
            [.. file.Properties.Select(property => Item(property, mask))],
            [.. file.Funds.Entries.Select(entry => new FundsItem(mask.Reference(entry.Serial), entry.Direction.ToString().ToLowerInvariant(), entry.AmountFen, entry.ReversedFen))],
            [.. file.OpenPetitions.Select(mask.Reference)], CaseFinder.Names(file.Irregular), timeline, now, dueAt,
            state is CaseState.Open && file.Suspensions.Count == 0 && now > dueAt, CaseTrack.Of(state, ReachedIn(records), dueAt, grains.Nodes, calendar, now))
        {
            Urges = [.. file.Urges.Select(urge => UrgeView.Of(urge, mask))],
        };
        return (view, null);
    }

    /// <summary>A case where it is now: the number names the court that filed it, and from there a transfer leads on.</summary>
    public async Task<(CaseState? State, ChainLink Last)> FindAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        var mark = number.CourtMark;
        (CaseState? State, ChainLink Last) found = default;
        for (var hop = 0; hop < HopsMax && grains.Courts.TryFind(mark, out var court); hop++)
        {
            var here = await grains.AskAsync(grains.Map.PartitionOf(court), model => (State: model.Look(number), model.LastOf(number)), cancellationToken);
            if (here.State is null)
            {
                break; // Still on its way: what the court before knows of it is the latest there is.
            }

            found = here;
            if (found.State is not CaseState.Moved moved)
            {
                break;
            }

            mark = moved.ToCourt;
        }

        return found;
    }

    private async Task<IReadOnlyList<GrainRecord.OfCase>> RecordsAsync(ChainLink link, CancellationToken cancellationToken)
    {
        var entries = new List<GrainRecord.OfCase>();
        while (!link.IsNone && entries.Count < TimelineMax)
        {
            var (records, rest) = await grains.AskAsync(
                link.Partition,
                model =>
                {
                    var found = new List<GrainRecord.OfCase>();
                    var next = link;
                    while (!next.IsNone && next.Partition == link.Partition && found.Count < RecordsPerQuestion)
                    {
                        var record = (GrainRecord.OfCase)model.ReadRecord(next.Position);
                        found.Add(record);
                        next = record.Previous;
                    }

                    return (found, next);
                },
                cancellationToken);
            entries.AddRange(records);
            link = rest;
        }

        // The chain leads backwards. Turned round, a stable sort keeps what happened at one moment in the order of the records.
        entries.Reverse();
        return [.. entries.OrderBy(static record => record.Event.At)];
    }

    private static IEnumerable<string> PayersIn(IReadOnlyList<GrainRecord.OfCase> records) => records.Select(static record => record.Event switch
    {
        CaseEvent.FundsReceived e => e.Payer,
        CaseEvent.FundsDisbursed e => e.Payee,
        _ => null,
    }).OfType<string>().Distinct(StringComparer.Ordinal);

    // When each node was reached, by its number. Who names a handler reaches that node by it.
    private Dictionary<int, (DateTimeOffset First, DateTimeOffset Last)> ReachedIn(IReadOnlyList<GrainRecord.OfCase> records)
    {
        var reached = new Dictionary<int, (DateTimeOffset First, DateTimeOffset Last)>();
        foreach (var record in records)
        {
            var node = record.Event switch
            {
                CaseEvent.NodeReached e => e.Node,
                CaseEvent.CaseAssigned => grains.Nodes.AssignedSeq,
                CaseEvent.CaseFiled => grains.Nodes.FiledSeq,
                _ => 0,
            };
            if (node > 0)
            {
                reached[node] = (reached.TryGetValue(node, out var times) ? times.First : record.Event.At, record.Event.At);
            }
        }

        return reached;
    }

    private TimelineEntry EntryOf(GrainRecord.OfCase record, PersonMask mask) => new(
        record.Event.At, record.RecordedAt, EventViews.TypeOf(record.Event), record.Envelope?.Source, record.Envelope is null ? null : mask.Reference(record.Envelope.Id), record.Envelope?.CourtMark,
        mask.ReferenceOrNull(record.Envelope?.By), CaseFinder.Names(record.Event.Irregular), EventViews.DataOf(record.Event, grains.Nodes, mask));

    /// <summary>open, suspended, closed or moved.</summary>
    public static string StatusOf(CaseState state) => state switch
    {
        CaseState.Open s when s.File.Suspensions.Count > 0 => "suspended",
        CaseState.Open => "open",
        CaseState.Closed => "closed",
        _ => "moved",
    };

    private static PropertyItem Item(ControlledProperty property, PersonMask mask) => new(
        mask.Reference(property.Id), Camel(property.Class.ToString()), Camel(property.Act.ToString()), property.Until, property.AmountFen, property.Rank);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
