using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CommandCenter.Domain;
using CommandCenter.Domain.Funds;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Reading;

/// <summary>The parameters of a list of movements as they stand in a URL.</summary>
internal sealed record FundsParameters
{
    [FromQuery(Name = "scope")]
    public string? Scope { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "direction")]
    public string? Direction { get; init; }

    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    [FromQuery(Name = "size")]
    public string? Size { get; init; }
}

/// <summary>One movement of money; <paramref name="Reversal"/> says that it takes an earlier one back.</summary>
internal sealed record FundsRow(DateTimeOffset At, string Court, string Case, long AmountFen, bool Reversal);

/// <summary>One page of movements, the latest first.</summary>
/// <param name="Scope">The scope asked for.</param>
/// <param name="Direction"><c>in</c> or <c>out</c>.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The moment after the last.</param>
/// <param name="AsOf">The movements recorded up to here are in.</param>
/// <param name="Total">Movements on all pages.</param>
/// <param name="SumFen">Their sum, reversals taken off.</param>
/// <param name="FigureFen">The figure of the wall for the same question, counted from windows; absent when the time cuts a day.</param>
/// <param name="Size">How many a page holds.</param>
/// <param name="Items">This page.</param>
/// <param name="NextPage">What to give as <c>page</c> for the next one; <see langword="null"/> on the last.</param>
/// <param name="PreviousPage">What to give as <c>page</c> for the one before; <see langword="null"/> on the first.</param>
internal sealed record FundsPage(
    string Scope, string Direction, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, long Total, long SumFen, long? FigureFen, int Size,
    IReadOnlyList<FundsRow> Items, string? NextPage, string? PreviousPage);

/// <summary>The same movements before they are a page: rows are made while somebody reads them.</summary>
internal sealed record FundsSelection(
    string Scope, string Direction, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, long Total, long SumFen, long? FigureFen, int Size,
    IEnumerable<FundsRow> Rows, string? NextPage, string? PreviousPage);

/// <summary><c>GET /api/v1/funds</c>: the payments that a sum of money is made of.</summary>
internal sealed class FundsList(GrainHost grains, FundsBook book, TimeProvider time)
{
    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(Viewer viewer, FundsParameters asked, CancellationToken cancellationToken)
    {
        var (page, fault) = await FindAsync(viewer, asked, cancellationToken);
        return fault?.ToResult() ?? Results.Ok(page);
    }

    /// <summary>Finds a page of movements, or says what is wrong with the question.</summary>
    public async Task<(FundsPage? Page, QueryFault? Fault)> FindAsync(Viewer viewer, FundsParameters asked, CancellationToken cancellationToken)
    {
        var (found, fault) = await SelectAsync(viewer, asked, rowsMax: null, cancellationToken);
        return found is null ? (null, fault) : (new FundsPage(
            found.Scope, found.Direction, found.From, found.To, found.AsOf, found.Total, found.SumFen, found.FigureFen, found.Size, [.. found.Rows], found.NextPage, found.PreviousPage), null);
    }

    /// <summary>Selects the movements of a page, or the first of all of them, or says what is wrong with the question.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="asked">The parameters of the URL.</param>
    /// <param name="rowsMax">How many at most; <see langword="null"/> for a page as asked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(FundsSelection? Selection, QueryFault? Fault)> SelectAsync(
        Viewer viewer, FundsParameters asked, int? rowsMax, CancellationToken cancellationToken)
    {
        var (court, outside) = ViewScope.Of(viewer, grains.Courts).Find(asked.Scope);
        if (court is null)
        {
            return (null, outside);
        }

        var today = ShanghaiTime.DayOf(time.GetUtcNow());
        var (since, until) = (ShanghaiTime.StartOf(today), ShanghaiTime.StartOf(today.AddDays(1)));
        if (asked.From is not null && !QueryTime.TryParse(asked.From, out since))
        {
            return (null, Bad("from", QueryTime.Wanted));
        }

        if (asked.To is not null && !QueryTime.TryParse(asked.To, out until))
        {
            return (null, Bad("to", QueryTime.Wanted));
        }

        if (since > until)
        {
            return (null, Bad("from", QueryTime.Wanted));
        }

        if (asked.Direction is not ("in" or "out"))
        {
            return (null, Bad("direction", "in or out"));
        }

        var size = CaseQuery.SizeDefault;
        if (asked.Size is not null
            && (!int.TryParse(asked.Size, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > CaseQuery.SizeMax))
        {
            return (null, Bad("size", $"1 to {CaseQuery.SizeMax}"));
        }

        size = rowsMax ?? size;
        FundsPlace? place = null;
        if (asked.Page is { Length: > 0 })
        {
            if (!FundsPlace.TryParse(asked.Page, out var known))
            {
                return (null, Bad("page", "what another page gave as nextPage or previousPage"));
            }

            place = known;
        }

        var asOf = court.Scope.Select(grains.Map.PartitionOf).Distinct().Select(book.AsOf).Aggregate((a, b) => a < b || a is null ? a : b);
        if (asOf is null)
        {
            return (null, new QueryFault(
                StatusCodes.Status503ServiceUnavailable, "query.funds-being-read", "The movements of money are being read from the journal; ask again in a moment."));
        }

        if (since < ShanghaiTime.StartOf(book.From))
        {
            return (null, new QueryFault(
                StatusCodes.Status400BadRequest, "query.funds-not-kept", $"Single movements of money are kept since {book.From:yyyy-MM-dd}; before it only their sums are."));
        }

        var direction = asked.Direction == "in" ? FundsDirection.In : FundsDirection.Out;
        var mask = Scopes.Mask(grains.Courts, court);
        var range = new TimeRange(since, until);
        var figure = range.Days is { } days ? await FigureAsync(court, mask, days, direction, cancellationToken) : (long?)null;
        var (total, sum, found) = Find(mask, range, direction, place, size);
        if (place is { IsBackward: true } && found.Count < size)
        {
            place = null; // Back at the beginning: a whole page of it.
            (total, sum, found) = Find(mask, range, direction, place, size);
        }

        // Where a page was turned, there is one on the side from which it was.
        var isMore = found.Count > size;
        var isBackward = place is { IsBackward: true };
        var shown = !isMore ? found : isBackward ? found[^size..] : found[..size];
        return (new FundsSelection(
            court.Mark, asked.Direction, since, until, asOf.Value, total, sum, figure, size,
            shown.Select(item => RowOf(item.Movement)),
            shown.Count > 0 && (isBackward || isMore) ? new FundsPlace(IsBackward: false, shown[^1].Key).ToString() : null,
            shown.Count > 0 && (isBackward ? isMore : place is not null) ? new FundsPlace(IsBackward: true, shown[0].Key).ToString() : null), null);
    }

    // Days come from the last on, so only as many of them are put in order as the page needs: of a page that ends before a place the last
    // ones met, of any other the first. One more than the page tells whether there is another.
    private (long Total, long SumFen, List<(FundsKey Key, FundsMovement Movement)> Found) Find(
        bool[] courts, TimeRange range, FundsDirection direction, FundsPlace? place, int size)
    {
        var (total, sum) = (0L, 0L);
        var found = new List<(FundsKey Key, FundsMovement Movement)>();
        var ordered = 0;
        var current = int.MinValue;
        var isBackward = place is { IsBackward: true };
        book.Visit(courts, range, direction, (day, partition, movements) =>
        {
            if (day != current)
            {
                Order();
                current = day;
            }

            foreach (var movement in movements)
            {
                total++;
                sum += movement.Fen;
                var key = new FundsKey(movement.AtTicks, partition, movement.Position);
                if (place is not { } from ? ordered <= size : isBackward ? key.CompareTo(from.Key) > 0 : ordered <= size && key.CompareTo(from.Key) < 0)
                {
                    found.Add((key, movement));
                }
            }
        });
        Order();
        return (total, sum, found);

        void Order()
        {
            found.Sort(ordered, found.Count - ordered, Comparer<(FundsKey Key, FundsMovement Movement)>.Create((a, b) => b.Key.CompareTo(a.Key)));
            if (isBackward && found.Count > size + 1)
            {
                found.RemoveRange(0, found.Count - size - 1);
            }

            ordered = found.Count;
        }
    }

    private async Task<long> FigureAsync(
        Domain.Courts.Court scope, bool[] mask, (int From, int To) days, FundsDirection direction, CancellationToken cancellationToken)
    {
        var parts = await grains.AskScopeAsync(
            scope,
            model => model.Courts.Where(grain => mask[grain.Court.Index]).Select(grain => grain.SumDays(days.From, days.To))
                .Sum(load => direction == FundsDirection.In ? load.FundsInFen : load.FundsOutFen),
            cancellationToken);
        return parts.Sum();
    }

    private FundsRow RowOf(FundsMovement movement) => new(
        new DateTimeOffset(movement.AtTicks, TimeSpan.Zero), grains.Courts.Courts[movement.Court].Mark, movement.Case.ToString(), movement.Fen, movement.Fen < 0);

    private static QueryFault Bad(string name, string wanted) =>
        new(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");

    /// <summary>A place in the list: nothing else has the same.</summary>
    private readonly record struct FundsKey(long At, int Partition, long Position)
    {
        public int CompareTo(FundsKey other)
        {
            var order = At.CompareTo(other.At);
            order = order != 0 ? order : Partition.CompareTo(other.Partition);
            return order != 0 ? order : Position.CompareTo(other.Position);
        }
    }

    /// <summary>Where a page lies: behind a movement or before it.</summary>
    private readonly record struct FundsPlace(bool IsBackward, FundsKey Key)
    {
        private const string Back = "<";

        public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{(IsBackward ? Back : "")}{Key.At} {Key.Partition} {Key.Position}")));

        public static bool TryParse(string text, out FundsPlace place)
        {
            place = default;
            if (text.Length > 200 || !Base64Url.IsValid(text))
            {
                return false;
            }

            var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            var isBackward = plain.StartsWith(Back, StringComparison.Ordinal);
            var parts = plain[(isBackward ? 1 : 0)..].Split(' ');
            if (parts.Length != 3
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
                || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return false;
            }

            place = new FundsPlace(isBackward, new FundsKey(at, partition, position));
            return true;
        }
    }
}
