using System.CommandLine;
using CommandCenter.Web.Backup;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Recount;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Hosting;

public sealed class DirectoryOptionTests
{
    private static readonly GrainLog s_observer = new(NullLogger<GrainLog>.Instance);

    public static TheoryData<string, string[]> EmptyNames => new()
    {
        { "serve", ["--data", ""] },
        { "serve", ["--config", " "] },
        { "verify", ["--data", ""] },
        { "recount", ["--data", ""] },
        { "backup", ["--to", "", "--data", "data"] },
        { "restore", ["--from", ""] },
        { "restore", ["--from", "backup", "--data", ""] },
    };

    [Theory]
    [MemberData(nameof(EmptyNames))]
    public void A_variable_that_is_not_set_names_no_directory_of_any_verb(string verb, string[] arguments)
    {
        var parsed = VerbOf(verb).Parse(arguments);

        Assert.EndsWith("is empty; it names a directory.", Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_not_named_is_the_folder_data()
    {
        var data = DirectoryOption.Data();

        var parsed = new Command("verb") { data }.Parse([]);

        Assert.Empty(parsed.Errors);
        Assert.Equal("data", parsed.GetValue(data));
    }

    private static Command VerbOf(string name) => name switch
    {
        "serve" => new ServeCommand().Build(),
        "verify" => new VerifyCommand(TimeProvider.System, s_observer).Build(),
        "recount" => new RecountCommand(TimeProvider.System, s_observer).Build(),
        "backup" => new BackupCommand(TimeProvider.System).Build(),
        _ => new RestoreCommand().Build(),
    };
}
