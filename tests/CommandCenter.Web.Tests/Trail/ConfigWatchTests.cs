using System.Security.Cryptography;
using CommandCenter.Audit.Reading;
using CommandCenter.Testing;
using CommandCenter.Web.Trail;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Trail;

public sealed class ConfigWatchTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_the_configuration_that_changes_is_in_the_trace_with_both_hashes_also_while_the_server_stands_still()
    {
        using var folder = new TemporaryDirectory();
        var config = Path.Combine(folder.Path, "config");
        Copy(RepositoryRoot.Combine("wallboard-config"), config);
        var wall = Path.Combine(config, "walls", "main.json");
        await using var product = await ProductUnderTest.StartAsync(serve => serve.ConfigDirectory = config);
        await Eventually.TrueAsync("the first look", s_limit, _ => Task.FromResult(File.Exists(Path.Combine(product.DataDirectory, ConfigWatch.FileName))), Token);
        var before = HashOf(wall);

        await File.AppendAllTextAsync(wall, "\n", Token);
        await Eventually.TrueAsync("the change to be recorded", s_limit, _ => Task.FromResult(Changes(product).Count == 1), Token);

        var change = Assert.Single(Changes(product)).Entry;
        Assert.Equal((Path.Combine("walls", "main.json"), before, HashOf(wall)), (change.Subject, change.Detail!["before"], change.Detail["after"]));
        Assert.Null(change.Actor);

        var added = Path.Combine(config, "imports", "new.json");
        product.BeforeRestart = () => File.WriteAllText(added, "{}");
        await product.RestartAsync();
        await Eventually.TrueAsync("what happened meanwhile to be recorded", s_limit, _ => Task.FromResult(Changes(product).Count == 2), Token);

        Assert.Equal((Path.Combine("imports", "new.json"), "none", HashOf(added)), (Changes(product)[0].Entry.Subject, Changes(product)[0].Entry.Detail!["before"], Changes(product)[0].Entry.Detail!["after"]));
    }

    private static IReadOnlyList<Audit.AuditRecord> Changes(ProductUnderTest product) =>
        product.Services.GetRequiredService<AuditTrail>().Search(new AuditQuery { ActionPrefix = TrailActions.ConfigChanged }, Token).Records;

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
