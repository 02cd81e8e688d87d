using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Tests.Intake;

namespace CommandCenter.Web.Tests.Access;

public sealed class MachineKeysTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task The_first_start_makes_a_key_that_only_its_owner_reads_and_later_starts_keep_it()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var key = product.Key;

        await product.RestartAsync();

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(product.KeyFile));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(product.KeyFile)!));
        Assert.Equal(key, product.Key);
        Assert.Equal(1, (await product.SendAsync(EventLine.Of("case.filed", "f-1", 1))).Accepted);
    }

    [Fact]
    public void Two_data_directories_have_two_keys_of_256_bits()
    {
        using var one = new TemporaryDirectory();
        using var other = new TemporaryDirectory();

        var keys = new[] { KeyIn(one), KeyIn(other) };

        Assert.All(keys, key => Assert.Matches("^cck_[0-9a-f]{64}$", key));
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Fact]
    public void A_start_that_was_killed_while_it_made_the_key_does_not_harm_the_next()
    {
        using var data = new TemporaryDirectory();
        var keys = Directory.CreateDirectory(Path.Combine(data.Path, "keys"));
        File.WriteAllText(Path.Combine(keys.FullName, "intake.key.new"), "cck_0");

        Assert.Matches("^cck_[0-9a-f]{64}$", KeyIn(data));
        Assert.Equal(["intake.key", "metrics.key", "operate.key", "wall.key"], keys.EnumerateFiles().Select(file => file.Name).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("short")]
    public void A_file_without_a_long_key_is_refused(string content)
    {
        using var data = new TemporaryDirectory();
        _ = KeyIn(data);
        File.WriteAllText(Path.Combine(data.Path, "keys", "intake.key"), content);

        var exception = Assert.Throws<IOException>(() => MachineKeys.Open(data.Path));

        Assert.Contains("intake.key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_key_itself_names_the_source()
    {
        using var data = new TemporaryDirectory();
        var key = KeyIn(data);
        var keys = MachineKeys.Open(data.Path);

        Assert.Equal(MachineKeys.IntakeSource, keys.Find(key)?.Id);
        Assert.All(["", "Bearer", key[..^1], key.ToUpperInvariant(), new string('x', 10_000)], wrong => Assert.Null(keys.Find(wrong)));
    }

    [Fact]
    public void Every_machine_has_a_key_of_its_own_and_may_do_its_own_alone()
    {
        using var data = new TemporaryDirectory();
        var keys = MachineKeys.Open(data.Path);

        Assert.Equal(
            [Role.IngestSource, Role.WallDevice, Role.Operator, Role.MetricsReader],
            new[] { keys.IntakeFile, keys.WallFile, keys.OperateFile, keys.MetricsFile }.Select(file => keys.Find(File.ReadAllText(file).Trim())!.Role));
    }

    [Fact]
    public void A_new_wall_key_shuts_out_the_computers_of_the_old_one()
    {
        using var data = new TemporaryDirectory();
        var keys = MachineKeys.Open(data.Path);
        var wall = keys.Find(File.ReadAllText(keys.WallFile).Trim())!;
        Assert.True(keys.IsKnown(wall.Id));

        File.Delete(keys.WallFile);

        Assert.False(MachineKeys.Open(data.Path).IsKnown(wall.Id));
    }

    private static string KeyIn(TemporaryDirectory data) => File.ReadAllText(MachineKeys.Open(data.Path).IntakeFile).Trim();
}
