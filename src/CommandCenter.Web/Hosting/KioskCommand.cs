using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using CommandCenter.Web.Hosting.Https;

namespace CommandCenter.Web.Hosting;

/// <summary>
/// The verb <c>kiosk</c>: prints the line that shows one output of a wall on a wall computer and the systemd units that keep it there.
/// With <c>--test</c> it runs that very line without a screen and waits until the server says that the output is alive.
/// </summary>
internal sealed class KioskCommand(TimeProvider time)
{
    private const int HeadMax = 4;

    /// <summary>Above it a software renderer meets the largest texture it can have.</summary>
    private const int TextureMax = 8_192;

    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly System.Buffers.SearchValues<char> s_special = System.Buffers.SearchValues.Create("&?*'\" ");
    private static readonly TimeSpan s_alive = TimeSpan.FromSeconds(10);

    private readonly Option<string> _server = new("--server") { HelpName = "URL", Description = "Root address of the server.", DefaultValueFactory = static _ => "http://127.0.0.1:8080" };
    private readonly Option<string> _wall = new("--wall") { HelpName = "ID", Description = "Which wall.", DefaultValueFactory = static _ => "main" };
    private readonly Option<int> _head = new("--head") { HelpName = "N", Description = "Which output of it, 1 to 4; 0 shows the whole canvas.", DefaultValueFactory = static _ => 0 };
    private readonly Option<string> _size = new("--size") { HelpName = "WxH", Description = "Pixels of the output.", DefaultValueFactory = static _ => "3600x810" };
    private readonly Option<string> _position = new("--position") { HelpName = "X,Y", Description = "Where the output stands on the computer's desktop.", DefaultValueFactory = static _ => "0,0" };
    private readonly Option<string> _lang = new("--lang") { HelpName = "LANG", Description = "zh or en.", DefaultValueFactory = static _ => "zh" };
    private readonly Option<string> _keyFile = new("--key-file") { HelpName = "FILE", Description = "The key of wall computers, keys/wall.key of the data directory, as this computer has it.", DefaultValueFactory = static _ => "/etc/commandcenter/wall.key" };
    private readonly Option<string?> _certificate = new("--certificate") { HelpName = "FILE", Description = "The certificate that the server made itself, keys/https.crt of the data directory, as this computer has it. One that the computer's own roots vouch for needs none." };
    private readonly Option<bool> _test = new("--test") { Description = "Run the line without a screen against the server, and say after how long its output is alive." };

    /// <summary>The command, ready to hang under the root.</summary>
    public Command Build()
    {
        var command = new Command("kiosk", "Print the browser line and the systemd units of a wall computer. Exit codes: 0 done, 2 bad usage, 3 environment, or the output does not come alive.")
        {
            _server, _wall, _head, _size, _position, _lang, _keyFile, _certificate, _test,
        };
        command.SetAction((arguments, cancellationToken) => VerbErrors.CatchAsync(arguments, output => RunAsync(arguments, output, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var kiosk = Kiosk.Parse(
            arguments.GetRequiredValue(_server), arguments.GetRequiredValue(_wall), arguments.GetValue(_head), arguments.GetRequiredValue(_size),
            arguments.GetRequiredValue(_position), arguments.GetRequiredValue(_lang), arguments.GetRequiredValue(_keyFile), arguments.GetValue(_certificate));
        if (arguments.GetValue(_test))
        {
            return await TestAsync(kiosk, output, cancellationToken);
        }

        output.WriteLine(kiosk.Line(s_browsers[0], kiosk.ProfileDirectory));
        output.WriteLine();
        output.WriteLine($"# /etc/systemd/system/{kiosk.UnitName}.service");
        output.WriteLine(kiosk.Unit(s_browsers[0]));
        output.WriteLine($"# /etc/systemd/system/{kiosk.UnitName}-watch.service");
        output.WriteLine(kiosk.WatchUnit());
        return ExitCodes.Done;
    }

    private async Task<int> TestAsync(Kiosk kiosk, TextWriter output, CancellationToken cancellationToken)
    {
        var key = (await File.ReadAllTextAsync(kiosk.KeyFile, cancellationToken)).Trim();
        var browser = Array.Find(s_browsers, File.Exists) ?? throw new ConfigurationException($"There is no Chromium at {string.Join(", ", s_browsers)}.", null);
        var profile = Directory.CreateTempSubdirectory("commandcenter-kiosk-");
        try
        {
            var start = new ProcessStartInfo(browser) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in kiosk.Arguments(profile.FullName, key).Append("--headless"))
            {
                start.ArgumentList.Add(argument);
            }

            if (string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
            {
                start.ArgumentList.Add("--no-sandbox"); // Chromium refuses its sandbox to root; the wall computer's user is another.
            }

            using var process = Process.Start(start) ?? throw new ConfigurationException($"{browser} does not start.", null);
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            try
            {
                return await WaitAsync(kiosk, key, output, cancellationToken);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    private async Task<int> WaitAsync(Kiosk kiosk, string key, TextWriter output, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(KnownServer.Handler(kiosk.Certificate)) { Timeout = TimeSpan.FromSeconds(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250), time);
        var begin = time.GetTimestamp();
        while (time.GetElapsedTime(begin) < s_alive && await pace.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                using var answer = await client.GetAsync(kiosk.AliveUrl, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"alive      output {kiosk.Head} of wall {kiosk.Wall} after {time.GetElapsedTime(begin).TotalSeconds:0.0} s"));
                    return ExitCodes.Done;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // No server yet: the browser does not give up either.
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NOT ALIVE  output {kiosk.Head} of wall {kiosk.Wall} within {s_alive.TotalSeconds:0} s; {kiosk.AliveUrl} says why"));
        return ExitCodes.Environment;
    }

    /// <summary>One output of a wall on a wall computer.</summary>
    internal sealed record Kiosk(Uri Server, string Wall, int Head, int Width, int Height, int X, int Y, string Lang, string KeyFile)
    {
        /// <summary>The file with the certificate that the server made itself; <see langword="null"/> where the computer's own roots vouch for it.</summary>
        public string? Certificate { get; init; }

        public Uri PageUrl => new(Server, $"wall/{Wall}?{(Head > 0 ? string.Create(CultureInfo.InvariantCulture, $"head={Head}&") : "")}lang={Lang}");

        public Uri AliveUrl => new(Server, string.Create(CultureInfo.InvariantCulture, $"api/v1/walls/{Wall}/heads/{Head}"));

        public string UnitName => string.Create(CultureInfo.InvariantCulture, $"commandcenter-wall-{Wall}-{Head}");

        public string ProfileDirectory => $"/var/lib/{UnitName}";

        /// <exception cref="ConfigurationException">A value cannot be used.</exception>
        public static Kiosk Parse(string server, string wall, int head, string size, string position, string lang, string keyFile, string? certificate = null)
        {
            if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
            {
                throw new ConfigurationException($"--server is \"{server}\"; it must be an address such as http://10.0.0.5:8080.", null);
            }

            var (width, height) = Pair(size, 'x', "--size", "3600x810");
            var (x, y) = Pair(position, ',', "--position", "0,0");
            if (width < 1 || height < 1)
            {
                throw new ConfigurationException($"--size is \"{size}\"; both must be positive.", null);
            }

            if (head is < 0 or > HeadMax)
            {
                throw new ConfigurationException($"--head is {head}; it must be 0 to {HeadMax}.", null);
            }

            if (wall.Length is 0 or > 32 || !wall.All(static letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                throw new ConfigurationException($"--wall is \"{wall}\"; it must be 1 to 32 of a-z, 0-9 and -.", null);
            }

            return lang is "zh" or "en" ? new Kiosk(root, wall, head, width, height, x, y, lang, keyFile) { Certificate = certificate } : throw new ConfigurationException($"--lang is \"{lang}\"; it must be zh or en.", null);
        }

        // The key goes behind the #, which a browser never sends: the sign-in page takes it from there, and no log has it.
        private string KeyOfShell => $"$(cat {KeyFile})";

        /// <summary>Everything behind the browser's name.</summary>
        public IEnumerable<string> Arguments(string profileDirectory, string key)
        {
            yield return "--kiosk";
            yield return string.Create(CultureInfo.InvariantCulture, $"--window-size={Width},{Height}");
            yield return string.Create(CultureInfo.InvariantCulture, $"--window-position={X},{Y}");
            yield return $"--user-data-dir={profileDirectory}";
            yield return "--force-device-scale-factor=1";
            yield return "--hide-scrollbars";
            yield return "--disable-pinch";
            yield return "--overscroll-history-navigation=0";
            yield return "--no-first-run";
            yield return "--no-default-browser-check";
            yield return "--noerrdialogs";
            yield return "--disable-session-crashed-bubble";
            yield return "--disable-features=Translate,InfiniteSessionRestore";
            yield return "--disable-component-update";
            yield return "--disable-background-networking";
            yield return "--disable-sync";
            yield return "--disable-quic";
            yield return "--password-store=basic";

            // A page behind another window must not be slowed down: on a wall nobody looks at windows.
            yield return "--disable-background-timer-throttling";
            yield return "--disable-backgrounding-occluded-windows";
            yield return "--disable-renderer-backgrounding";
            if (Width > TextureMax || Height > TextureMax)
            {
                yield return "--disable-gpu";
            }

            if (Server.Scheme == "http" && !Server.IsLoopback)
            {
                // The page keeps its last picture over a server that is away by a service worker, which a browser gives to https only.
                yield return $"--unsafely-treat-insecure-origin-as-secure={Server.GetLeftPart(UriPartial.Authority)}";
            }

            if (Certificate is not null)
            {
                // By its key, which a renewal keeps. Chromium takes this line with a profile of its own alone, which it has.
                yield return $"--ignore-certificate-errors-spki-list={KnownServer.KeyHashOf(Certificate)}";
            }

            yield return $"{PageUrl}#{key}";
        }

        public string Line(string browser, string profileDirectory) => string.Join(' ', Arguments(profileDirectory, KeyOfShell).Prepend(browser).Select(Quoted));

        /// <summary>Starts the browser with the desktop and starts it again whenever it ends.</summary>
        public string Unit(string browser) => $"""
            [Unit]
            Description=Command centre, wall {Wall}, output {Head}
            After=graphical.target network-online.target
            Wants=network-online.target
            StartLimitIntervalSec=0

            [Service]
            User=wall
            Environment=DISPLAY=:0
            StateDirectory={UnitName}
            ExecStart=/bin/sh -c 'exec {Line(browser, ProfileDirectory).Replace("$(", "$$(", StringComparison.Ordinal)}'
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=graphical.target

            """;

        /// <summary>A page that hangs cannot help itself: while the server answers and the output stays silent, its browser is started anew.</summary>
        private string Pinned => Certificate is null ? "" : $"-k --pinnedpubkey sha256//{KnownServer.KeyHashOf(Certificate)} ";

        public string WatchUnit() => $$"""
            [Unit]
            Description=Command centre, watch over wall {{Wall}}, output {{Head}}
            After={{UnitName}}.service
            BindsTo={{UnitName}}.service

            [Service]
            ExecStart=/bin/sh -c 'misses=0; while sleep 2; do code=$$(curl {{Pinned}}-s -o /dev/null -m 2 -H "Authorization: Bearer $$(cat {{KeyFile}})" -w "%%{http_code}" {{AliveUrl}}); if [ "$$code" = 503 ]; then misses=$$((misses+1)); else misses=0; fi; if [ $$misses -ge 2 ]; then systemctl kill -s KILL {{UnitName}}.service; misses=-3; fi; done'
            Restart=always

            [Install]
            WantedBy={{UnitName}}.service

            """;

        private static string Quoted(string argument) => argument.AsSpan().ContainsAny(s_special) ? $"\"{argument}\"" : argument;

        private static (int First, int Second) Pair(string text, char separator, string option, string example)
        {
            var parts = text.Split(separator);
            return parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first)
                && int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var second)
                ? (first, second)
                : throw new ConfigurationException($"{option} is \"{text}\"; it must be like {example}.", null);
        }
    }
}
