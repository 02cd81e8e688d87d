using System.Net;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>One of the addresses that <c>--urls</c> names.</summary>
/// <param name="IsHttps">Whether it speaks https.</param>
/// <param name="Host">An address of the network, <c>localhost</c>, or any other name, which stands for every address of the machine.</param>
/// <param name="Port">Its port; 0 takes a free one.</param>
internal sealed record ListenAddress(bool IsHttps, string Host, int Port)
{
    private const string Every = "every-address";

    /// <summary>Reads one; <see langword="null"/> when it is of another form than <c>http://HOST:PORT</c> or <c>https://HOST:PORT</c>.</summary>
    public static ListenAddress? Parse(string url)
    {
        // The server's words for every address of the machine are no host names to Uri.
        var named = url.Replace("//*", "//" + Every, StringComparison.Ordinal).Replace("//+", "//" + Every, StringComparison.Ordinal);
        return named.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(named, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.PathAndQuery == "/" && address.Fragment.Length == 0
            ? new ListenAddress(address.Scheme == "https", address.Host.Trim('[', ']'), address.Port)
            : null;
    }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IsLocalhost || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it is the name <c>localhost</c>, which stands for two addresses and so cannot take a free port.</summary>
    public bool IsLocalhost => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name under which others reach it; <see langword="null"/> for a number or a word for every address.</summary>
    public string? Name => IPAddress.TryParse(Host, out _) || IsLocalhost || Host == Every ? null : Host;

    /// <summary>The number that it is bound to; <see langword="null"/> for <c>localhost</c> and for every address.</summary>
    public IPAddress? Number => IPAddress.TryParse(Host, out var address) ? address : null;
}
