using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Recount;

/// <summary>What is known of each case, kept as a registry keeps it: in books of some hundred running numbers of a year, court and type.</summary>
/// <remarks>One dictionary of all cases would hold year, mark and type with every one of them, and copy all of itself whenever it is full.</remarks>
internal sealed class NaiveRegister<T>
    where T : struct
{
    private const int BookSize = 512;

    private readonly Dictionary<(int Year, string CourtMark, CaseType Type, int Book), Dictionary<int, T>> _books = [];

    /// <summary>Cases known.</summary>
    public int Count { get; private set; }

    /// <summary>All cases, in no order.</summary>
    public IEnumerable<(CaseNumber Number, T Known)> All =>
        _books.SelectMany(static pair => pair.Value.Select(one => (new CaseNumber(pair.Key.Year, pair.Key.CourtMark, pair.Key.Type, one.Key), one.Value)));

    /// <summary>What is known of a case; of an unknown one the default.</summary>
    public T this[CaseNumber number]
    {
        get => _books.TryGetValue(BookOf(number), out var book) ? book.GetValueOrDefault(number.Number) : default;
        set
        {
            if (!_books.TryGetValue(BookOf(number), out var book))
            {
                _books.Add(BookOf(number), book = []);
            }

            if (book.Count == book.Capacity)
            {
                _ = book.EnsureCapacity(book.Count + (book.Count / 4) + 16); // By a quarter: of twice as much a third would stand empty.
            }

            Count += book.ContainsKey(number.Number) ? 0 : 1;
            book[number.Number] = value;
        }
    }

    private static (int Year, string CourtMark, CaseType Type, int Book) BookOf(CaseNumber number) => (number.Year, number.CourtMark, number.Type, number.Number / BookSize);
}
