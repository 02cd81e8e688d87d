using CommandCenter.Domain.Officers;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Places.Calls;

/// <summary>求助: an officer's call for help stands until somebody who is responsible for him has ended it. Silence does not end it, and going off duty neither.</summary>
internal sealed class CallDesk(GrainHost grains, DeskEvents events, TimeProvider time)
{
    /// <summary>Ends a call; answers when that is on the disk.</summary>
    /// <returns>Why not, or <see langword="null"/>.</returns>
    public async Task<QueryFault?> EndAsync(Viewer viewer, string court, string officer, CancellationToken cancellationToken)
    {
        var (asked, fault) = ViewScope.Of(viewer, grains.Courts).Find(court);
        if (asked is null)
        {
            return fault;
        }

        OfficerState? state;
        try
        {
            state = await grains.AskAsync(grains.Map.PartitionOf(asked), model => model.OfficersByCourt.FirstOrDefault(one => one.CourtMark == asked.Mark && one.State.Id == officer).State, cancellationToken);
        }
        catch (PartitionUnavailableException exception)
        {
            return DeskEvents.FaultOf(exception.Code);
        }

        if (state?.CallingSince is null)
        {
            return new QueryFault(StatusCodes.Status409Conflict, "officer.not-calling", "This officer does not call for help.");
        }

        // A device whose clock is ahead dated the call later than now: it ends then, or it would not end.
        var now = time.GetUtcNow();
        return await events.SubmitAsync("officer.sos", asked.Mark, officer, number: null, state.SosAt > now ? state.SosAt : now, now, static json => json.WriteString("state", "off"));
    }
}
