using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Authentication;

namespace CommandCenter.Web.Accounts;

/// <summary>
/// Lets a wall computer in. It opens its wall with the key behind the #, which is never sent nor logged; the sign-in page, to which it is
/// led, sends the key here, and the browser keeps a cookie.
/// </summary>
internal static class DeviceEndpoints
{
    private const int KeyMax = 256;

    public static void MapDevice(this IEndpointRouteBuilder routes) =>
        _ = routes.MapPost(AccountPaths.Device, EnterAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Name).DisableAntiforgery().ExcludeFromDescription();

    // No antiforgery token: whoever has the key needs no forged request, and a foreign origin is refused before.
    private static async Task<IResult> EnterAsync(HttpContext http, MachineKeys keys, AuditTrail trail, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(http.Request.Body);
        var buffer = new char[KeyMax + 1];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken);
        if (length > KeyMax || keys.Find(buffer.AsSpan(0, length).Trim()) is not { Role: Role.WallDevice } wall)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "request.key-wrong", "The key is not known.");
        }

        await trail.RecordAsync(wall, http, TrailActions.WallEntered, wall.Id);
        await http.SignInAsync(SignInSchemes.Device, wall.ToPrincipal(SignInSchemes.Device), new AuthenticationProperties { IsPersistent = true });
        return Results.NoContent();
    }
}
