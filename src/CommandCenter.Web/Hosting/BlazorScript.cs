using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Web.Hosting;

/// <summary>Serves <c>blazor.web.js</c>, the browser's half of Blazor.</summary>
/// <remarks>
/// .NET 10 ships the script in a package of its own that not every package source has. The 9.0.18 runtime pack still carries it
/// inside an assembly, and the build copies that file to <c>blazorjs/</c>. Script 9.0.18 with server 10 renders, handles events
/// and forms, and reconnects after a dropped socket; it does not pause and resume circuits. This is the one place that knows of
/// the pairing: with the package at hand, delete this file and the two items in the project file.
/// </remarks>
internal static class BlazorScript
{
    public const string Path = "/_framework/blazor.web.js";

    private const string CarrierFile = "blazorjs/Endpoints9.bin";
    private const string ResourceName = "_framework/blazor.web.js";

    private static readonly Lazy<Content> s_content = new(() => Content.Of(Read()));

    public static IEndpointConventionBuilder MapBlazorScript(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], Serve).ExcludeFromDescription();

    private static FileContentHttpResult Serve(HttpContext http)
    {
        var content = s_content.Value;
        var accepted = http.Request.GetTypedHeaders().AcceptEncoding;
        var (bytes, encoding) = Accepts(accepted, "br") ? (content.Brotli, "br")
            : Accepts(accepted, "gzip") ? (content.Gzip, "gzip")
            : (content.Plain, null);
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        http.Response.Headers.CacheControl = "no-cache";
        if (encoding is not null)
        {
            http.Response.Headers.ContentEncoding = encoding;
        }

        // One tag for each encoding, as the bodies differ.
        var tag = new EntityTagHeaderValue($"\"{content.Hash}{(encoding is null ? "" : "-" + encoding)}\"");
        return TypedResults.Bytes(bytes, "text/javascript; charset=utf-8", entityTag: tag);
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(candidate => candidate.Quality is null or > 0 && candidate.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="InvalidOperationException">The carrier file is damaged or holds no such resource.</exception>
    private static byte[] Read()
    {
        using var file = File.OpenRead(System.IO.Path.Combine(AppContext.BaseDirectory, CarrierFile));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (resource.Implementation.IsNil && metadata.GetString(resource.Name) == ResourceName)
            {
                var section = image.GetSectionData(image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
                var reader = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
                return reader.ReadBytes(reader.ReadInt32());
            }
        }

        throw new InvalidOperationException($"{CarrierFile} has no resource {ResourceName}; the 9.0.18 runtime pack is expected.");
    }

    private sealed record Content(byte[] Plain, byte[] Brotli, byte[] Gzip, string Hash)
    {
        public static Content Of(byte[] plain) => new(
            plain,
            Compress(plain, stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
            Compress(plain, stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
            Convert.ToHexStringLower(SHA256.HashData(plain))[..16]);

        private static byte[] Compress(byte[] plain, Func<Stream, Stream> compressorOf)
        {
            using var buffer = new MemoryStream();
            using (var compressor = compressorOf(buffer))
            {
                compressor.Write(plain);
            }

            return buffer.ToArray();
        }
    }
}
