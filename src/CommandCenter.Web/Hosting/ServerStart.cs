namespace CommandCenter.Web.Hosting;

/// <summary>What reads whole journals and every case begins when the server answers: while it starts, each of these would make it start later.</summary>
internal static class ServerStart
{
    /// <summary>Waits until the server listens; without a host there is nothing to wait for.</summary>
    public static async Task WhenListeningAsync(this IHostApplicationLifetime? host, CancellationToken cancellationToken)
    {
        if (host is not null)
        {
            var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = host.ApplicationStarted.Register(listening.SetResult);
            await listening.Task.WaitAsync(cancellationToken);
        }
    }
}
