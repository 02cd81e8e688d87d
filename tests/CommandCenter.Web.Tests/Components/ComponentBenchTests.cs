using Bunit;

namespace CommandCenter.Web.Tests.Components;

/// <summary>Guards the way bUnit is brought in (Bunit.targets): when these fail, no component test says anything.</summary>
public sealed class ComponentBenchTests : BunitContext
{
    [Fact]
    public void A_component_renders_its_parameter()
    {
        var tally = Render<Tally>(parameters => parameters.Add(component => component.Label, "收案"));

        Assert.Equal("收案", tally.Find("button").TextContent);
        tally.Find("output").MarkupMatches("<output>0</output>");
    }

    [Fact]
    public void A_click_renders_the_component_again()
    {
        var tally = Render<Tally>(parameters => parameters.Add(component => component.Label, "收案"));

        tally.Find("button").Click();
        tally.Find("button").Click();

        tally.Find("output").MarkupMatches("<output>2</output>");
    }
}
