using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CommandCenter.Testing;

/// <summary>
/// Walks the way of a new court: the first security administrator signs in with the one-time password of the first start, sets his own
/// password and his second factor, and makes an account for the command staff, who does the same.
/// </summary>
public sealed partial class FirstAccounts
{
    private const string OwnPassword = "Own-Password-4-Tests";
    private const string Name = "desk-1";

    private readonly Uri _address;

    private FirstAccounts(Uri address) => _address = address;

    /// <summary>What the command staff's account is called.</summary>
    public static string CommandName => Name;

    /// <summary>The cookies of the security administrator's session.</summary>
    public CookieContainer Security { get; } = new();

    /// <summary>The cookies of the command staff's session.</summary>
    public CookieContainer Command { get; private set; } = new();

    /// <summary>What command staff is called beside its orders.</summary>
    public static string DisplayName => "值班一席";

    /// <param name="address">Of a server that has just made its first account.</param>
    /// <param name="output">What it printed.</param>
    /// <param name="cancellationToken">The test's own token.</param>
    public static async Task<FirstAccounts> MakeAsync(Uri address, string output, CancellationToken cancellationToken)
    {
        var given = OneTimePassword().Match(output);
        Require(given.Success, "The first start printed no one-time password", output);
        var accounts = new FirstAccounts(address);
        using var security = new Form(address, accounts.Security);
        await EnterAsync(security, "security", given.Groups[1].Value, cancellationToken);
        accounts.Command = await accounts.AddAsync(Name, "CommandStaff", court: "", cancellationToken);
        return accounts;
    }

    /// <summary>Another account, whose owner signs in and sets his password and his second factor.</summary>
    /// <param name="name">The name to sign in with.</param>
    /// <param name="role">As the page of accounts calls it.</param>
    /// <param name="court">Mark of the court; empty where the role has none.</param>
    /// <param name="cancellationToken">The test's own token.</param>
    /// <returns>The cookies of the session.</returns>
    public async Task<CookieContainer> AddAsync(string name, string role, string court, CancellationToken cancellationToken)
    {
        using var security = new Form(_address, Security);
        var made = await security.PostAsync(
            "accounts", "create", [("name", name), ("display", DisplayName), ("role", role), ("court", court), ("handler", "")], cancellationToken);
        var password = GivenPassword().Match(made);
        Require(password.Success, "No password was given", made);

        var cookies = new CookieContainer();
        using var owner = new Form(_address, cookies);
        await EnterAsync(owner, name, password.Value, cancellationToken);
        return cookies;
    }

    private static async Task EnterAsync(Form form, string name, string password, CancellationToken cancellationToken)
    {
        _ = await form.PostAsync("sign-in", "sign-in", [("name", name), ("password", password)], cancellationToken);
        var page = await form.PostAsync("account", "password", [("old", password), ("new", OwnPassword), ("again", OwnPassword)], cancellationToken);
        var key = AuthenticatorKey().Match(page);
        Require(key.Success, "The page shows no key", page);
        page = await form.PostAsync("account", "factor", [("code", CodeOf(key.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal)))], cancellationToken);
        Require(RecoveryCode().Count(page) == 10, "The page does not show ten recovery codes", page);
    }

    private static void Require(bool isSo, string what, string seen)
    {
        if (!isSo)
        {
            throw new InvalidOperationException($"{what}:\n{seen}");
        }
    }

    /// <summary>The code of this half minute (RFC 6238).</summary>
    private static string CodeOf(string base32)
    {
        var bits = string.Concat(base32.Select(static letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = bits.Chunk(8).Where(static octet => octet.Length == 8).Select(static octet => Convert.ToByte(new string(octet), 2)).ToArray();
        var step = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // The standard of authenticators.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24 | hash[at + 1] << 16 | hash[at + 2] << 8 | hash[at + 3]) % 1_000_000;
        return number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("one-time password (\\S+),")]
    private static partial Regex OneTimePassword();

    [GeneratedRegex("[A-Z][a-z2-9]{3}-[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")]
    private static partial Regex GivenPassword();

    [GeneratedRegex("<code>((?:[A-Z2-7]{4} ?){8})</code>")]
    private static partial Regex AuthenticatorKey();

    [GeneratedRegex("<li><code>")]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();

    /// <summary>A browser without a screen: it opens a page, fills one of its forms and reads what comes.</summary>
    private sealed class Form(Uri address, CookieContainer cookies) : IDisposable
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };

        public async Task<string> PostAsync(string path, string name, (string Key, string Value)[] fields, CancellationToken cancellationToken)
        {
            var route = new Uri(path, UriKind.Relative);
            var token = AntiforgeryToken().Match(await _client.GetStringAsync(route, cancellationToken)).Groups[1].Value;
            using var content = new FormUrlEncodedContent(
                [new("_handler", name), new("__RequestVerificationToken", token), .. fields.Select(static field => new KeyValuePair<string, string>(field.Key, field.Value))]);
            using var response = await _client.PostAsync(route, content, cancellationToken);
            var page = await response.Content.ReadAsStringAsync(cancellationToken);
            Require(response.IsSuccessStatusCode, $"{path} answers {response.StatusCode}", page);
            return page;
        }

        public void Dispose() => _client.Dispose();
    }
}
