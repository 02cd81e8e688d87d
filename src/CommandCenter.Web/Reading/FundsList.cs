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
internal sealed record FundsPage(
    string Scope, string Direction, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, long Total, long SumFen, long? FigureFen, int Size,
    IReadOnlyList<FundsRow> Items, string? NextPage);

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

        FundsKey? after = null;
        if (asked.Page is { Length: > 0 })
        {
            if (!FundsKey.TryParse(asked.Page, out var key))
            {
                return (null, Bad("page", "what the page before gave as nextPage"));
            }

            after = key;
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
        var (total, sum, found) = Find(mask, range, direction, after, size);
        return (new FundsPage(
            court.Mark, asked.Direction, since, until, asOf.Value, total, sum, figure, size,
            [.. found.Take(size).Select(item => RowOf(item.Movement))],
            found.Count <= size ? null : found[size - 1].Key.ToString()), null);
    }

    // Days come from the last on, so only as many of them are put in order as the page needs.
    private (long Total, long SumFen, List<(FundsKey Key, FundsMovement Movement)> Found) Find(
        bool[] courts, TimeRange range, FundsDirection direction, FundsKey? after, int size)
    {
        var (total, sum) = (0L, 0L);
        var found = new List<(FundsKey Key, FundsMovement Movement)>();
        var ordered = 0;
        var current = int.MinValue;
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
                if (ordered <= size && (after is not { } last || key.CompareTo(last) < 0))
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

        public override string ToString() =>
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At} {Partition} {Position}")));

        public static bool TryParse(string text, out FundsKey key)
        {
            key = default;
            if (text.Length > 200 || !Base64Url.IsValid(text))
            {
                return false;
            }

            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
            if (parts.Length != 3
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
                || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return false;
            }

            key = new FundsKey(at, partition, position);
            return true;
        }
    }
}
