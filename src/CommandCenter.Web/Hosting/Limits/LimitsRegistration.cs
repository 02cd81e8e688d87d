using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting.Limits;

/// <summary>What the host calls so that nobody can take the whole server.</summary>
internal static class LimitsRegistration
{
    /// <summary>A page sends what was clicked and typed, in pieces of at most 32 KiB.</summary>
    private const long MessageBytesMax = 32 * 1024;

    /// <summary>A wall only ever says "follow", "ready", "what time is it" and what it shows.</summary>
    private const long WallMessageBytesMax = 4 * 1024;

    public static void AddLimits(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ServerLimits>, ServerLimitsValidator>();
        services.AddOptions<ServerLimits>().BindConfiguration(ServerLimits.Section).ValidateOnStart();
        services.AddSingleton<CircuitCount>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, CircuitGate>());
        services.AddOptions<CircuitOptions>().Configure<IOptions<ServerLimits>>(static (circuits, limits) =>
        {
            circuits.DetailedErrors = false;
            circuits.DisconnectedCircuitMaxRetained = limits.Value.DisconnectedCircuitsMax;
            circuits.DisconnectedCircuitRetentionPeriod = limits.Value.DisconnectedCircuitLife;
            circuits.MaxBufferedUnacknowledgedRenderBatches = 10; // A page that does not follow is behind by so much at most.
            circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
        });
        services.AddSignalR(static hub =>
        {
            hub.MaximumReceiveMessageSize = MessageBytesMax;
            hub.MaximumParallelInvocationsPerClient = 1;
            hub.EnableDetailedErrors = false;
            hub.HandshakeTimeout = TimeSpan.FromSeconds(10);
        }).AddHubOptions<WallHub>(static hub => hub.MaximumReceiveMessageSize = WallMessageBytesMax);

        // What is too large for its route is the sender's fault, not ours.
        services.Configure<ExceptionHandlerOptions>(static handler => handler.StatusCodeSelector = static exception =>
            exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError);
        services.AddRequestPace();
    }
}
