using System.IO.Compression;
using System.Text;
using CommandCenter.Web.Import;
using CommandCenter.Web.Import.Logs;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

/// <summary>A directory of its own for a test's logs, and one call that imports a log into a sink.</summary>
internal sealed class ImportLab : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("import-test-").FullName;

    public string Quarantine => In("quarantine.csv");

    public string Progress => In("place.progress");

    public static ImportMapping Shipped(string name) => MappingReader.Read(SharedData.ConfigDirectory, name);

    public static ImportMapping Mapping(string json) => MappingReader.Parse(Encoding.UTF8.GetBytes(json), "test.json", "test");

    public string In(string name) => Path.Combine(Directory, name);

    public string Write(string name, string text, bool gzip = false)
    {
        var path = In(name);
        using Stream file = File.Create(path);
        using var stream = gzip ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    public async Task<ImportPlan> Plan(string path, ImportMapping mapping, string? court = null)
    {
        var file = new LogFile(path);
        return new()
        {
            File = file,
            FileSha256 = await file.HashAsync(TestContext.Current.CancellationToken),
            Mapping = mapping,
            Court = court,
            Target = "test",
            ProgressPath = Progress,
            QuarantinePath = Quarantine,
        };
    }

    public async Task<ImportReport> Import(string path, ImportMapping mapping, IEventSink sink, string? court = null, bool fromStart = false)
    {
        var plan = await Plan(path, mapping, court) with { FromStart = fromStart };
        return await new Importer(plan, sink, new SilentView(), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private sealed class SilentView : IImportView
    {
        public void Begin(ImportPlan plan, long rowsBefore)
        {
        }

        public void Advance(long rows, long events, double position)
        {
        }

        public void End(ImportReport report)
        {
        }
    }
}
