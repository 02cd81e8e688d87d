using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.Hosting.Limits;

/// <summary>Counts a circuit while it lives. One that is too many ends before it does anything: whoever passed the door at the same moment as others.</summary>
internal sealed class CircuitGate(CircuitCount count, AuthenticationStateProvider who) : CircuitHandler
{
    private string? _session;
    private bool _isCounted;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _session = Viewer.Of((await who.GetAuthenticationStateAsync()).User)?.Session;
        _isCounted = count.TryOpen(_session);
        if (!_isCounted)
        {
            count.Refused();
            throw new InvalidOperationException("circuits.full"); // Ends the circuit; the page says that its connection was refused.
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_isCounted)
        {
            _isCounted = false;
            count.Close(_session);
        }

        return Task.CompletedTask;
    }
}

/// <summary>The door before it: an interactive page that has no room answers 503 with a page that says so, and its script's question likewise.</summary>
internal static class CircuitDoor
{
    private const string Negotiation = "/_blazor/negotiate";
    private const string RetryAfterSeconds = "30";

    public static IApplicationBuilder UseCircuitDoor(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.IsDefined(typeof(RenderModeAttribute), inherit: true) == true;
        if (!isPage && !context.Request.Path.Equals(Negotiation, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        var count = context.RequestServices.GetRequiredService<CircuitCount>();
        if (count.HasRoom(Viewer.Of(context.User)?.Session))
        {
            return next(context);
        }

        count.Refused();
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return isPage
            ? new RazorComponentResult<FullPage> { StatusCode = StatusCodes.Status503ServiceUnavailable }.ExecuteAsync(context)
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "circuits.full", "Too many pages are open. Close one, or try again later.").ExecuteAsync(context);
    });
}
