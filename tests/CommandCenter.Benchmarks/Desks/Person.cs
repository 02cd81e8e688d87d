using System.Net;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;

namespace CommandCenter.Benchmarks.Desks;

/// <summary>Somebody with an account of his own, signed in.</summary>
/// <param name="Cookies">Of his session.</param>
/// <param name="Path">What his page asks for.</param>
internal sealed record Person(CookieContainer Cookies, Uri Path)
{
    private const string Overview = "overview/{0}/live";
    private const string Tablet = "api/v1/tablet/pulse";

    // As a city has them: a few desks over all, most people in the courts, every second one with a tablet.
    private static readonly (string Role, string Court, string Path)[] s_posts =
    [
        ("CommandStaff", "", Overview), ("CourtChief", "沪0115", Tablet), ("CourtChief", "沪0104", Overview), ("CourtChief", "沪0112", Tablet),
        ("IntermediateCourt", "沪01", Overview), ("CourtChief", "沪0101", Tablet), ("CourtChief", "沪0113", Overview), ("CourtChief", "沪0106", Tablet),
    ];

    /// <summary>Makes accounts the way an administrator does, one after the other: each signs in, sets his password and his second factor.</summary>
    public static async Task<IReadOnlyList<Person>> MakeAsync(ServerProcess server, int count, Report report)
    {
        var accounts = await server.AccountsAsync();
        var people = new List<Person>(count);
        for (var number = 0; number < count; number++)
        {
            var (role, court, path) = s_posts[number % s_posts.Length];
            var cookies = await accounts.AddAsync($"person-{number}", role, court, CancellationToken.None);
            people.Add(new Person(cookies, new Uri(string.Format(null, path, Uri.EscapeDataString(court.Length == 0 ? "沪" : court)), UriKind.Relative)));
        }

        report.Say($"  {count} people signed in");
        return people;
    }
}
