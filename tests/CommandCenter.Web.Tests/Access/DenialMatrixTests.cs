using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Access;

/// <summary>Every route, page and hub against every role, by asking: nothing here is listed by hand but what is open to everybody.</summary>
public sealed class DenialMatrixTests(ITestOutputHelper output)
{
    private const int NameWidth = 48;

    // Open to everybody, and why. A route that comes to be open without standing here fails the test.
    private static readonly Dictionary<string, string> s_open = new(StringComparer.Ordinal)
    {
        ["GET /health/live"] = "a supervisor has no key",
        ["GET /health/ready"] = "a supervisor has no key",
        ["GET /_framework/blazor.web.js"] = "a script of the framework",
        ["GET /sign-in"] = "signing in",
        ["POST /sign-in"] = "signing in",
        ["GET /sign-in/code"] = "signing in",
        ["POST /sign-in/code"] = "signing in",
        ["POST /device"] = "signing in, with the key of wall computers",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_and_page_is_refused_to_every_role_without_its_right()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var routes = RoutesOf(product).ToList();
        var visitors = await VisitorsAsync(product);
        var table = new StringBuilder().Append("route".PadRight(NameWidth)).AppendJoin(' ', visitors.Select(static visitor => visitor.Name)).AppendLine();
        List<string> holes = [];
        foreach (var (method, pattern, right) in routes)
        {
            var name = $"{method} {pattern}";
            if (right is null && !s_open.ContainsKey(name))
            {
                holes.Add($"{name} names no right");
                continue;
            }

            _ = table.Append(name.PadRight(NameWidth));
            foreach (var visitor in visitors)
            {
                var isLetIn = await IsLetInAsync(visitor.Client, method, Sample(pattern));
                var isExpected = right is null || visitor.Rights.HasFlag(right.Value);
                _ = table.Append(' ').Append((isLetIn ? "+" : "-").PadRight(visitor.Name.Length));
                if (isLetIn != isExpected)
                {
                    holes.Add($"{name} for {visitor.Name}: {(isLetIn ? "let in" : "refused")}");
                }
            }

            _ = table.AppendLine();
        }

        _ = table.Append(CultureInfo.InvariantCulture, $"{routes.Count} routes, {visitors.Count} visitors, {holes.Count} holes");
        output.WriteLine(table.ToString());
        Assert.True(holes.Count == 0, string.Join('\n', holes));
        Assert.Equal(s_open.Keys.Order(StringComparer.Ordinal), routes.Where(static route => route.Right is null).Select(static route => $"{route.Method} {route.Pattern}").Order(StringComparer.Ordinal));
        visitors.ForEach(static visitor => visitor.Client.Dispose());
    }

    [Fact]
    public async Task Every_hub_is_refused_to_every_role_without_its_right()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var hubs = product.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<HubMetadata>() is { HubType.Namespace: { } space } && space.StartsWith("CommandCenter", StringComparison.Ordinal)
                && !endpoint.RoutePattern.RawText!.EndsWith("/negotiate", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(hubs);
        foreach (var hub in hubs)
        {
            var right = hub.Metadata.GetMetadata<NeedsAttribute>()!.Right;
            foreach (var role in Enum.GetValues<Role>().Where(RoleRights.IsPerson))
            {
                using var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("Cookie", await SignedIn.BeginAsync(product.Services, role, CourtOf(role), HandlerOf(role), Token));
                var address = new UriBuilder(product.Address) { Scheme = "ws", Path = hub.RoutePattern.RawText! }.Uri;
                var isLetIn = true;
                try
                {
                    await socket.ConnectAsync(address, Token);
                }
                catch (WebSocketException)
                {
                    isLetIn = false;
                }

                Assert.True(isLetIn == RoleRights.Of(role).HasFlag(right), $"{hub.RoutePattern.RawText} for {role}: {(isLetIn ? "let in" : "refused")}");
                output.WriteLine($"{hub.RoutePattern.RawText} {role} {(isLetIn ? "+" : "-")}: {string.Join(' ', hub.Metadata.GetMetadata<HubMetadata>()!.HubType.GetMethods().Where(static method => method.DeclaringType!.Namespace!.StartsWith("CommandCenter", StringComparison.Ordinal)).Select(static method => method.Name))}");
            }
        }
    }

    [Fact]
    public async Task A_person_who_has_not_set_up_his_account_may_do_nothing_else()
    {
        await using var product = await ProductUnderTest.StartAsync();
        foreach (var role in Enum.GetValues<Role>().Where(RoleRights.IsPerson))
        {
            Assert.Equal(Right.OwnAccount, (Viewers.Of(role) with { IsSetUp = false }).Rights);
        }
    }

    private static IEnumerable<(string Method, string Pattern, Right? Right)> RoutesOf(ProductUnderTest product) =>
        product.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<HubMetadata>() is null && !endpoint.RoutePattern.RawText!.StartsWith("/_blazor", StringComparison.Ordinal))
            .SelectMany(static endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Where(method => method is not ("HEAD" or "OPTIONS") || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods is [_])
                .Select(method => (
                    Method: method,
                    Pattern: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                    Right: endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? null
                        : endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Right ?? (IsFrameworks(endpoint) ? Right.OwnAccount : null))))
            .Distinct()
            .OrderBy(static route => route.Pattern, StringComparer.Ordinal).ThenBy(static route => route.Method, StringComparer.Ordinal);

    // What the framework adds by itself names no right, and falls to whoever is signed in.
    private static bool IsFrameworks(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal);

    private static async Task<List<(string Name, Right Rights, HttpClient Client)>> VisitorsAsync(ProductUnderTest product)
    {
        List<(string, Right, HttpClient)> visitors = [("nobody", Right.None, product.Stranger())];
        foreach (var role in Enum.GetValues<Role>().Where(RoleRights.IsPerson))
        {
            visitors.Add((role.ToString(), RoleRights.Of(role), await product.ClientOfAsync(role, CourtOf(role), HandlerOf(role))));
        }

        foreach (var (role, key) in new[] { (Role.WallDevice, product.KeyOf("wall")), (Role.IngestSource, product.Key), (Role.Operator, product.KeyOf("operate")), (Role.MetricsReader, product.KeyOf("metrics")) })
        {
            var machine = product.Stranger();
            machine.DefaultRequestHeaders.Authorization = new("Bearer", key);
            visitors.Add((role.ToString(), RoleRights.Of(role), machine));
        }

        return visitors;
    }

    private static async Task<bool> IsLetInAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request, Token);
        var isSentToSignIn = answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().StartsWith("/sign-in", StringComparison.Ordinal);
        if (answer.StatusCode is HttpStatusCode.Unauthorized || isSentToSignIn)
        {
            return false;
        }

        // A key that is asked for in the body is another matter than a right.
        var body = await answer.Content.ReadAsStringAsync(Token);
        return answer.StatusCode != HttpStatusCode.Forbidden
            || !(method == "HEAD" || body.Contains("access.denied", StringComparison.Ordinal) || body.Contains("<!DOCTYPE html>", StringComparison.OrdinalIgnoreCase));
    }

    private static string Sample(string pattern) => pattern
        .Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{index:int}", "0", StringComparison.Ordinal)
        .Replace("{id}", "main", StringComparison.Ordinal).Replace("{WallId}", "main", StringComparison.Ordinal)
        .Replace("{Mark}", ShippedConfig.Pudong, StringComparison.Ordinal).Replace("{mark}", ShippedConfig.Pudong, StringComparison.Ordinal).Replace("{*Handler}", "judge-1", StringComparison.Ordinal)
        .Replace("{number}", "1", StringComparison.Ordinal).Replace("{Number}", "1", StringComparison.Ordinal)
        .Replace("{figure}", "pending", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal);

    private static string? CourtOf(Role role) => !RoleRights.HasCourt(role) ? null : role == Role.IntermediateCourt ? "沪01" : ShippedConfig.Pudong;

    private static string? HandlerOf(Role role) => role == Role.Handler ? "judge-1" : null;
}
