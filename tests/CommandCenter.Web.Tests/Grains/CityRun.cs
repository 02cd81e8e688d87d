using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

/// <summary>A random city at work: facts go in one by one, and a naive count takes those that were accepted.</summary>
internal sealed class CityRun(int seed, GrainLab lab)
{
    public RandomCity City { get; } = new(seed, lab);

    public NaiveCity Naive { get; } = new();

    public List<(GrainCommand.Fact Fact, GrainReply Reply)> Told { get; } = [];

    /// <summary>Tells so many facts; what crosses to other courts is carried before the next one.</summary>
    public async Task TellAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var fact = City.Next(Naive);
            var reply = await lab.TellAsync(fact);
            Told.Add((fact, reply));
            if (reply.Outcome == Outcome.Accepted)
            {
                Naive.Take(fact);
                await lab.SettleAsync();
            }
        }
    }
}
