using System.Diagnostics;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>What somebody else's player says of our files, where there is one.</summary>
public sealed class PlayerTests : IDisposable
{
    private readonly TestStore _store = new();

    [Fact]
    public async Task Another_reader_finds_every_picture_of_a_real_camera()
    {
        var source = RepositoryRoot.FindShared("data/video/car-detection_10s.h264");
        Assert.SkipWhen(source is null, "The shared video is not here.");
        var pictures = TestVideo.Read(await File.ReadAllBytesAsync(source!, TestContext.Current.CancellationToken), 12.5).ToArray();
        await _store.RecordAsync(pictures);
        Assert.Equal(pictures.Length, _store.Videos.Sum(path => new StrictMp4(File.ReadAllBytes(path)).Samples.Count));

        var copy = Path.Combine(_store.Options.Root, "copy.mp4");
        await File.WriteAllBytesAsync(copy, _store.Copy(TestVideo.Start, TestVideo.Start.AddMinutes(1)), TestContext.Current.CancellationToken);
        Assert.Equal($"768,432,{pictures.Length}", Probe(copy));
    }

    public void Dispose() => _store.Dispose();

    private static string Probe(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                "ffprobe", ["-v", "error", "-count_packets", "-show_entries", "stream=width,height,nb_read_packets", "-of", "csv=p=0", path])
            { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no other reader of MP4 on this computer.");
            throw;
        }
    }
}
