using System.Net;
using System.Net.Http.Headers;

namespace CommandCenter.EndToEnd.Tests.Product;

/// <summary>Sends what brings no key of its own as a wall computer, the metrics with theirs, and what only a person may see with the command staff's session.</summary>
internal sealed class AsWhoeverMay(ProductHost host) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var isForPeople = path.StartsWith("/openapi", StringComparison.Ordinal) || path.StartsWith("/api/v1/cases", StringComparison.Ordinal) || path.StartsWith("/api/v1/funds", StringComparison.Ordinal)
            || (request.Method == HttpMethod.Post && path.EndsWith("/director", StringComparison.Ordinal));
        if (request.Headers.Authorization is null && isForPeople)
        {
            request.Headers.Add("Cookie", (await host.CommandAsync(cancellationToken)).GetCookieHeader(request.RequestUri));
        }
        else if (request.Headers.Authorization is null && !path.StartsWith("/health", StringComparison.Ordinal))
        {
            var key = Path.Combine(Path.GetDirectoryName(host.KeyFile)!, path == "/metrics" ? "metrics.key" : "wall.key");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(key, cancellationToken)).Trim());
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
