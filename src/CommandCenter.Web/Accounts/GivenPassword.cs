using System.Security.Cryptography;

namespace CommandCenter.Web.Accounts;

/// <summary>Passwords that are given: random, easily read aloud and typed, for one use.</summary>
internal static class GivenPassword
{
    // Without what looks alike: 0 O 1 l I.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz";
    private const string Digits = "23456789";
    private const int Groups = 4;
    private const int GroupLength = 4;

    /// <summary>Four groups of four, 80 bits, such as <c>Kpwz-x7mc-qh3e-tnva</c>.</summary>
    public static string Make()
    {
        var groups = Enumerable.Range(0, Groups).Select(static _ => RandomNumberGenerator.GetString(Letters + Digits, GroupLength)).ToArray();

        // The rules ask for a capital and a digit; their places say nothing.
        groups[0] = char.ToUpperInvariant(RandomNumberGenerator.GetString(Letters, 1)[0]) + groups[0][1..];
        groups[1] = groups[1][..1] + RandomNumberGenerator.GetString(Digits, 1) + groups[1][2..];
        return string.Join('-', groups);
    }
}
