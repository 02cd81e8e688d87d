using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Audit.Tests.Evidence;

/// <summary>A pack of evidence written by hand from docs/recordings.md, so that recorder and verifier cannot be wrong in the same way.</summary>
internal sealed class TestPack : IDisposable
{
    public const string Camera = "gate-1";
    public const int SegmentCount = 3, SecondCount = 5, SecondBytes = 700, HeadBytes = 100;

    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("evidence-");
    private readonly Dictionary<string, byte[]> _files = [];

    public TestPack(Func<byte[], byte[]> sign)
    {
        var random = new Random(20261123);
        var chain = new List<string>();
        var (head, segments) = (Zeros, new List<object>());
        for (var number = 0; number < SegmentCount; number++)
        {
            var begin = s_start.AddMinutes(number);
            var name = begin.ToString("yyyy-MM-dd'/'HHmmss", CultureInfo.InvariantCulture);
            head = Add(chain, $$"""{"prev":"{{head}}","kind":"begun","at":"{{begin:O}}","camera":"{{Camera}}","file":"{{name}}.mp4" """);
            var video = new byte[HeadBytes + (SecondCount * SecondBytes)];
            random.NextBytes(video);
            var lines = new List<string>();
            var last = Add(lines, $$"""{"prev":"{{head}}","kind":"begin","at":"{{begin:O}}","camera":"{{Camera}}","file":"{{name}}.mp4","offset":0,"bytes":{{HeadBytes}},"sha256":"{{HashOf(video.AsSpan(0, HeadBytes))}}" """);
            for (var second = 0; second < SecondCount; second++)
            {
                var offset = HeadBytes + (second * SecondBytes);
                last = Add(lines, $$"""{"prev":"{{last}}","kind":"second","at":"{{begin.AddSeconds(second + 0.04):O}}","offset":{{offset}},"bytes":{{SecondBytes}},"sha256":"{{HashOf(video.AsSpan(offset, SecondBytes))}}" """);
            }

            last = Add(lines, $$"""{"prev":"{{last}}","kind":"end","at":"{{begin:O}}","bytes":{{video.Length}} """);
            _files[$"segments/{name}.mp4"] = video;
            _files[$"segments/{name}.ndjson"] = Encoding.UTF8.GetBytes(string.Concat(lines));
            segments.Add(new { file = name + ".mp4", head = last, isOpen = false });
            head = Add(chain, $$"""{"prev":"{{head}}","kind":"closed","at":"{{begin:O}}","file":"{{name}}.mp4","head":"{{last}}" """);
        }

        _files["chain.ndjson"] = Encoding.UTF8.GetBytes(string.Concat(chain));
        _files["positions.json"] = "[]"u8.ToArray();
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            evidence = 1,
            camera = Camera,
            chainFirst = chain[0][^67..^3],
            chainLast = head,
            segments,
            files = _files.Select(static file => new { path = file.Key, bytes = file.Value.Length, sha256 = HashOf(file.Value) }),
        });
        _files["manifest.json"] = manifest;
        _files["manifest.sig"] = Encoding.ASCII.GetBytes(Convert.ToBase64String(sign(manifest)) + "\n");
        foreach (var (path, content) in _files)
        {
            _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(Path, path))!);
            File.WriteAllBytes(System.IO.Path.Combine(Path, path), content);
        }
    }

    public string Path => _directory.FullName;

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    private static string Zeros { get; } = new('0', 64);

    public static DateTimeOffset SecondOf(string video, int position) =>
        DateTimeOffset.ParseExact(video["segments/".Length..^".mp4".Length], "yyyy-MM-dd'/'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .AddSeconds(Math.Max(0, position - HeadBytes) / SecondBytes);

    public void Dispose() => _directory.Delete(recursive: true);

    private static string Add(List<string> lines, string covered)
    {
        covered = covered.TrimEnd();
        var hash = HashOf(Encoding.UTF8.GetBytes(covered));
        lines.Add($"{covered},\"hash\":\"{hash}\"}}\n");
        return hash;
    }

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
