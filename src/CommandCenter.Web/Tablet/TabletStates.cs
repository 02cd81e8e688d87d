using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Components;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Urging;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tablet;

/// <summary>What tablets show, made once for all who see the same and want it in the same words.</summary>
internal sealed class TabletStates(
    GrainHost grains, IFigureSource figures, CourtBoards boards, UrgeBoard urges, UrgeDesk desk, IOptions<AccountOptions> accounts, TimeProvider time)
{
    private const int KeptMax = 512;
    private const int HashChars = 16;
    private static readonly TimeSpan s_freshFor = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<(string? Court, string? Handler, bool Urges, PageLook Look), (DateTimeOffset At, long Given, Task<TabletView> View)> _kept = new();

    /// <summary>What a viewer's tablet shows now; <see langword="null"/> when he has a court that does not exist any more.</summary>
    public async Task<TabletView?> ReadAsync(Viewer viewer, PageLook look)
    {
        var scope = ViewScope.Of(viewer, grains.Courts);
        if (scope.Find(null).Court is not { } court)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (_kept.Count > KeptMax)
        {
            _kept.Clear(); // Courts, handlers and looks are fewer; whoever makes up more of them makes his own work.
        }

        var key = (scope.OwnMark, scope.Handler, viewer.Has(Right.Urge), look);
        var given = desk.Given; // Who has just urged sees it.
        if (!_kept.TryGetValue(key, out var kept) || now - kept.At >= s_freshFor || kept.Given != given || kept.View.IsFaulted)
        {
            kept = (now, given, MakeAsync(viewer, scope, court, look, now));
            _kept[key] = kept;
        }

        var view = await kept.View;
        return view with { Pulse = view.Pulse with { Account = AccountOf(viewer), KeepSeconds = (int)accounts.Value.IdleLength.TotalSeconds } };
    }

    /// <summary>A name for an account that tells nobody which it is.</summary>
    public static string AccountOf(Viewer viewer) => Short(Encoding.UTF8.GetBytes("tablet/" + viewer.Id));

    private async Task<TabletView> MakeAsync(Viewer viewer, ViewScope scope, Domain.Courts.Court court, PageLook look, DateTimeOffset now)
    {
        var found = await Task.WhenAll(scope.Courts.Select(boards.ReadAsync));
        var facts = new TabletFacts(
            court, scope, viewer.Has(Right.Urge), figures.Read(), [.. found.OfType<CourtBoard>()], await urges.ReadAsync(scope, CancellationToken.None), now);
        var view = new TabletWords(grains, look).Of(facts);
        var version = Short(JsonSerializer.SerializeToUtf8Bytes(new { view.Place, view.Today, view.Things, view.Next, view.Waiting, view.Late, view.Urges }));
        return view with { Pulse = view.Pulse with { Cases = version } };
    }

    private static string Short(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashChars];
}

/// <summary>What the words of a tablet are made of.</summary>
/// <param name="Court">The court that is meant.</param>
/// <param name="Scope">What may be seen.</param>
/// <param name="MayUrge">Whether the viewer may urge.</param>
/// <param name="Figures">The latest figures of all courts.</param>
/// <param name="Boards">Of the courts in scope that could be asked.</param>
/// <param name="Urges">In scope.</param>
/// <param name="Now">The time.</param>
internal sealed record TabletFacts(
    Domain.Courts.Court Court, ViewScope Scope, bool MayUrge, CityFigures Figures, IReadOnlyList<CourtBoard> Boards, IReadOnlyList<UrgeItem> Urges, DateTimeOffset Now);
