using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Intake;
using Microsoft.AspNetCore.Diagnostics;

namespace CommandCenter.Web.Hosting;

/// <summary>Answers 503 with the code when a partition that a request needs is stopped, recovering or busy.</summary>
internal sealed class UnavailableHandler : IExceptionHandler
{
    private const string RetryAfterSeconds = "1";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not PartitionUnavailableException unavailable)
        {
            return false;
        }

        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        await Problems.Of(StatusCodes.Status503ServiceUnavailable, unavailable.Code, RefusalText.Of(unavailable.Code)).ExecuteAsync(httpContext);
        return true;
    }
}
