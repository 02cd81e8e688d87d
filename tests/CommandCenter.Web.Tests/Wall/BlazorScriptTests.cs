using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Tests.Wall;

public sealed class BlazorScriptTests
{
    [Fact]
    public async Task The_script_is_served_compressed_and_the_same_in_every_encoding()
    {
        await using var host = await WallHost.StartAsync();

        var plain = await GetAsync(host, encoding: null);
        var brotli = await GetAsync(host, "br");

        Assert.Contains("Blazor", plain.Body, StringComparison.Ordinal);
        Assert.Equal(plain.Body, brotli.Body);
        Assert.True(brotli.Bytes < plain.Bytes / 3, $"{brotli.Bytes} of {plain.Bytes} bytes");
        Assert.NotEqual(plain.Tag, brotli.Tag);
    }

    [Fact]
    public async Task A_browser_that_has_the_script_is_told_so()
    {
        await using var host = await WallHost.StartAsync();
        var (_, _, tag) = await GetAsync(host, "br");
        using var again = new HttpRequestMessage(HttpMethod.Get, BlazorScript.Path);
        again.Headers.AcceptEncoding.ParseAdd("br");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));

        using var answer = await host.Client.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    private static async Task<(string Body, long Bytes, string Tag)> GetAsync(WallHost host, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, BlazorScript.Path);
        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        }

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(encoding is null
            ? new MemoryStream(bytes)
            : new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress));
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken), bytes.Length, answer.Headers.ETag!.ToString());
    }
}
