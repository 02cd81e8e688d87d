using System.Diagnostics.Metrics;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Hosting;

public sealed class MetricsTextTests
{
    [Fact]
    public void Of_two_products_in_one_process_each_shows_its_own_figures()
    {
        using var one = Services();
        using var other = Services();
        using var text = new MetricsText(one.GetRequiredService<IMeterFactory>());
        Publish(one, 1);
        Publish(other, 2);

        Assert.Contains("commandcenter_test_figure 1\n", text.Write(), StringComparison.Ordinal);
        Assert.DoesNotContain("commandcenter_test_figure 2\n", text.Write(), StringComparison.Ordinal);
    }

    private static ServiceProvider Services() => new ServiceCollection().AddMetrics().BuildServiceProvider();

    private static void Publish(ServiceProvider services, int value) =>
        _ = services.GetRequiredService<IMeterFactory>().Create("CommandCenter.Test").CreateObservableGauge("test.figure", () => value);
}
