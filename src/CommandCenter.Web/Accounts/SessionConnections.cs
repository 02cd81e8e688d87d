using CommandCenter.Web.Access;

namespace CommandCenter.Web.Accounts;

/// <summary>Ties every connection of a person to his session: hubs, circuits and long answers end with it, and keep it from idling out.</summary>
internal static class SessionConnections
{
    public static IApplicationBuilder UseSessionConnections(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (Viewer.Of(context.User)?.Session is not { } id || context.RequestServices.GetRequiredService<SessionBook>().Touch(id) is not { } session)
        {
            await next(context);
            return;
        }

        // A person who opened a page is not idle while it stays connected, and is cut off the moment that the session ends.
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        session.Connect();
        try
        {
            await using var cut = session.Ended.Register(static state => ((HttpContext)state!).Abort(), context);
            await next(context);
        }
        finally
        {
            session.Disconnect(time.GetUtcNow());
        }
    });
}
