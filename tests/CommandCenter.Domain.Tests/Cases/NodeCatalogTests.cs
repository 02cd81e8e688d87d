using CommandCenter.Domain.Cases;
using CommandCenter.Testing;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class NodeCatalogTests
{
    private static readonly NodeDefinition s_filed = Define(1, "LA");
    private static readonly NodeDefinition s_assigned = Define(2, "FA", "LA");

    [Fact]
    public void The_shipped_catalogue_has_37_nodes_numbered_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, 37), ShippedConfig.Nodes.Nodes.Select(node => node.Seq));

    [Fact]
    public void Every_shipped_node_is_found_by_its_code_and_by_its_number()
    {
        foreach (var node in ShippedConfig.Nodes.Nodes)
        {
            Assert.True(ShippedConfig.Nodes.TryFind(node.Code, out var found));
            Assert.Same(node, found);
            Assert.Same(node, ShippedConfig.Nodes[node.Seq]);
        }
    }

    [Fact]
    public void Every_shipped_node_can_be_reached_in_some_order()
    {
        var reached = 0UL;
        for (var grown = true; grown;)
        {
            var next = ShippedConfig.Nodes.Nodes.Where(node => ShippedConfig.Nodes.AllowsAfter(node.Seq, reached))
                .Aggregate(reached, (set, node) => set | (1UL << node.Seq));
            grown = next != reached;
            reached = next;
        }

        Assert.All(ShippedConfig.Nodes.Nodes, node => Assert.NotEqual(0UL, reached & (1UL << node.Seq)));
    }

    [Fact]
    public void Filing_and_assigning_know_their_nodes()
    {
        Assert.Equal(ShippedConfig.Seq("LA"), ShippedConfig.Nodes.FiledSeq);
        Assert.Equal(ShippedConfig.Seq("FA"), ShippedConfig.Nodes.AssignedSeq);
    }

    [Theory]
    [InlineData("TZ", "", false)]
    [InlineData("TZ", "LA", false)]
    [InlineData("TZ", "FA", true)]
    [InlineData("XF", "DJ", true)] // one of several is enough
    [InlineData("XF", "KY", true)]
    [InlineData("XF", "FK", false)]
    [InlineData("JA", "TZ", true)] // settled right after the notice
    [InlineData("JA", "FF", true)]
    [InlineData("JA", "LA,FA", false)]
    [InlineData("DZ", "JG", true)]
    [InlineData("YY", "", true)] // any time
    [InlineData("LA", "", true)]
    public void A_node_is_allowed_once_one_of_its_preconditions_was_reached(string code, string reachedCodes, bool allowed)
    {
        var reached = reachedCodes.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(0UL, (set, each) => set | (1UL << ShippedConfig.Seq(each)));

        Assert.Equal(allowed, ShippedConfig.Nodes.AllowsAfter(ShippedConfig.Seq(code), reached));
    }

    [Theory]
    [InlineData("GG", true)]
    [InlineData("JG", true)]
    [InlineData("XF", true)]
    [InlineData("LA", false)]
    [InlineData("CD", false)]
    [InlineData("JA", false)]
    public void The_second_sale_repeats_its_nodes_and_the_closing_does_not(string code, bool repeatable) =>
        Assert.Equal(repeatable, ShippedConfig.Nodes[ShippedConfig.Seq(code)].Repeatable);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(38)]
    [InlineData(63)]
    [InlineData(64)]
    public void A_number_without_a_node_is_an_error(int seq) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ShippedConfig.Nodes[seq]);

    [Theory]
    [InlineData("")]
    [InlineData("la")]
    [InlineData("XX")]
    public void An_unknown_code_finds_no_node(string code) => Assert.False(ShippedConfig.Nodes.TryFind(code, out _));

    [Fact]
    public void The_highest_number_is_63()
    {
        var nodes = NodeCatalog.Create([s_filed, s_assigned, Define(63, "ZZ", "FA")]);

        Assert.Equal("ZZ", nodes[63].Code);
        Assert.True(nodes.AllowsAfter(63, 1UL << 2));
        Assert.False(nodes.AllowsAfter(63, 1UL << 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(-3)]
    public void A_number_out_of_range_is_named(int seq) =>
        Assert.Contains($"ZZ has the number {seq}", Faults(s_filed, s_assigned, Define(seq, "ZZ")), StringComparison.Ordinal);

    [Fact]
    public void A_code_given_twice_is_named() =>
        Assert.Contains("code ZZ is given twice", Faults(s_filed, s_assigned, Define(3, "ZZ"), Define(4, "ZZ")), StringComparison.Ordinal);

    [Fact]
    public void A_number_given_twice_is_named() =>
        Assert.Contains("number 3 is given twice", Faults(s_filed, s_assigned, Define(3, "YY"), Define(3, "ZZ")), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_precondition_is_named_with_its_node() =>
        Assert.Contains("ZZ comes after the unknown node QQ", Faults(s_filed, s_assigned, Define(3, "ZZ", "QQ")), StringComparison.Ordinal);

    [Fact]
    public void A_catalogue_without_filing_or_assigning_is_refused()
    {
        Assert.Contains("FA is missing", Faults(s_filed), StringComparison.Ordinal);
        Assert.Contains("LA is missing", Faults(Define(2, "FA")), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var faults = Faults(s_filed, Define(1, "ZZ", "QQ"), Define(64, "ZZ"));

        Assert.Contains("code ZZ is given twice", faults, StringComparison.Ordinal);
        Assert.Contains("number 1 is given twice", faults, StringComparison.Ordinal);
        Assert.Contains("must be 1 to 63", faults, StringComparison.Ordinal);
        Assert.Contains("unknown node QQ", faults, StringComparison.Ordinal);
        Assert.Contains("FA is missing", faults, StringComparison.Ordinal);
    }

    private static NodeDefinition Define(int seq, string code, params string[] after) => new(seq, code, code, code, "A", after, Repeatable: false);

    private static string Faults(params NodeDefinition[] nodes) =>
        Assert.Throws<ArgumentException>(() => NodeCatalog.Create(nodes)).Message;
}
