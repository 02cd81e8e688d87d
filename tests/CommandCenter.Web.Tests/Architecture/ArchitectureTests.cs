using System.Reflection;
using System.Xml.Linq;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Architecture;

/// <summary>Leaves and one root: the arrows between our projects, read from what was built and from what the projects ask for.</summary>
public sealed class ArchitectureTests
{
    private const string Ours = "CommandCenter.";

    private static readonly Assembly s_domain = Assembly.Load("CommandCenter.Domain");

    public static TheoryData<string> Leaves => ["CommandCenter.Audit", "CommandCenter.Cameras", "CommandCenter.Domain", "CommandCenter.Runtime", "CommandCenter.TimeSeries"];

    [Theory]
    [MemberData(nameof(Leaves))]
    public void A_leaf_references_nothing_of_ours(string leaf)
    {
        Assert.DoesNotContain(ReferencesOf(Assembly.Load(leaf)), name => name.StartsWith(Ours, StringComparison.Ordinal));
        Assert.Empty(ProjectReferencesOf(leaf));
    }

    [Fact]
    public void The_domain_references_only_the_base_library()
    {
        Assert.NotEmpty(ReferencesOf(s_domain));
        Assert.All(ReferencesOf(s_domain), name => Assert.True(
            name.StartsWith("System.", StringComparison.Ordinal), $"The domain references {name}."));
        Assert.Empty(Project("CommandCenter.Domain").Descendants("PackageReference"));
        Assert.Empty(Project("CommandCenter.Domain").Descendants("FrameworkReference"));
    }

    [Fact]
    public void Only_the_root_references_leaves()
    {
        var referring = Directory.EnumerateFiles(RepositoryRoot.Combine("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => ProjectReferencesOf(name).Count > 0);

        Assert.Equal(["CommandCenter.Verifier", "CommandCenter.Web"], referring.Order(StringComparer.Ordinal));
    }

    /// <summary>A stranger runs it on another computer and has to be able to read all of it: one leaf, no package.</summary>
    [Fact]
    public void The_verifier_is_the_audit_leaf_and_nothing_else()
    {
        Assert.Equal("../CommandCenter.Audit/CommandCenter.Audit.csproj", Assert.Single(ProjectReferencesOf("CommandCenter.Verifier")));
        Assert.All(["CommandCenter.Verifier", "CommandCenter.Audit"], project =>
        {
            Assert.Empty(Project(project).Descendants("PackageReference"));
            Assert.Empty(Project(project).Descendants("FrameworkReference"));
        });
    }

    /// <summary>It talks to the product as everybody does, over HTTP; a shared type would let both be wrong in the same way.</summary>
    [Fact]
    public void The_simulator_shares_no_code_with_the_product()
    {
        var project = Project("CommandCenter.Simulator");

        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.DoesNotContain(project.Descendants("Compile"), item => item.Attribute("Include")?.Value.Contains("..", StringComparison.Ordinal) == true);
    }

    /// <summary>An await in a grain would let a second command in between its decision and its event.</summary>
    [Fact]
    public void The_domain_is_synchronous()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = s_domain.GetTypes().SelectMany(type => type.GetMethods(All)).ToArray();

        Assert.NotEmpty(methods);
        Assert.DoesNotContain(methods, method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Any(type => type.Namespace?.StartsWith("System.Threading", StringComparison.Ordinal) == true));
    }

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IReadOnlyList<string> ProjectReferencesOf(string project) =>
        [.. Project(project).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value)];

    private static XDocument Project(string name) => XDocument.Load(RepositoryRoot.Combine("src", name, $"{name}.csproj"));
}
