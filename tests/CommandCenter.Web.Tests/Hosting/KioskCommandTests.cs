using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Tests.Hosting;

public sealed class KioskCommandTests
{
    [Fact]
    public void The_line_shows_one_output_at_its_place()
    {
        var line = KioskCommand.Kiosk.Parse("http://10.0.0.5:8080/", "main", 2, "3600x1620", "3600,0", "en", "/etc/k").Line("/usr/bin/chromium", "/var/lib/x");

        Assert.StartsWith("/usr/bin/chromium --kiosk --window-size=3600,1620 --window-position=3600,0 --user-data-dir=/var/lib/x ", line, StringComparison.Ordinal);
        Assert.Contains(" --unsafely-treat-insecure-origin-as-secure=http://10.0.0.5:8080 ", line, StringComparison.Ordinal);
        Assert.EndsWith(" \"http://10.0.0.5:8080/wall/main?head=2&lang=en#$(cat /etc/k)\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("--disable-gpu", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_canvas_beyond_the_largest_texture_is_drawn_without_the_graphics_processor() => Assert.Contains(
        "--disable-gpu", KioskCommand.Kiosk.Parse("https://centre.example", "main", 0, "8640x1920", "0,0", "zh", "/etc/k").Arguments("/var/lib/x", "cck_1"));

    [Fact]
    public void The_units_restart_the_browser_and_watch_over_its_output()
    {
        var kiosk = KioskCommand.Kiosk.Parse("http://127.0.0.1:8080", "main", 1, "3600x810", "0,0", "zh", "/etc/k");

        Assert.Contains("Restart=always", kiosk.Unit("/usr/bin/chromium"), StringComparison.Ordinal);
        Assert.Contains("ExecStart=/bin/sh -c 'exec /usr/bin/chromium --kiosk", kiosk.Unit("/usr/bin/chromium"), StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:8080/api/v1/walls/main/heads/1", kiosk.WatchUnit(), StringComparison.Ordinal);
        Assert.Contains("lang=zh#$$(cat /etc/k)\"'", kiosk.Unit("/usr/bin/chromium"), StringComparison.Ordinal);
        Assert.Contains("Bearer $$(cat /etc/k)", kiosk.WatchUnit(), StringComparison.Ordinal);
        Assert.Contains("systemctl kill -s KILL commandcenter-wall-main-1.service", kiosk.WatchUnit(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x", "main", 1, "3600x810", "0,0", "zh", "--server")]
    [InlineData("http://x", "Main Wall", 1, "3600x810", "0,0", "zh", "--wall")]
    [InlineData("http://x", "main", 5, "3600x810", "0,0", "zh", "--head")]
    [InlineData("http://x", "main", 1, "wide", "0,0", "zh", "--size")]
    [InlineData("http://x", "main", 1, "0x810", "0,0", "zh", "--size")]
    [InlineData("http://x", "main", 1, "3600x810", "left", "zh", "--position")]
    [InlineData("http://x", "main", 1, "3600x810", "0,0", "fr", "--lang")]
    public void A_value_that_cannot_be_used_is_named(string server, string wall, int head, string size, string position, string lang, string option) => Assert.Contains(
        option, Assert.Throws<ConfigurationException>(() => KioskCommand.Kiosk.Parse(server, wall, head, size, position, lang, "/etc/k")).Message, StringComparison.Ordinal);
}
