using System.Globalization;
using System.IO.Compression;

namespace CommandCenter.Testing.Logs;

/// <summary>A count of a traffic-fine log straight from its text: it shares nothing with the import that it proves.</summary>
public sealed class FinesCount
{
    private FinesCount()
    {
    }

    /// <summary>Rows, the header apart.</summary>
    public long Rows { get; private set; }

    /// <summary>Fines.</summary>
    public long Cases { get; private set; }

    /// <summary>All payments, in euro.</summary>
    public decimal MoneyIn { get; private set; }

    /// <summary>All payments, in cents, which the import takes for fen.</summary>
    public long MoneyInFen => (long)(MoneyIn * 100);

    /// <summary>Paid at the end (WB).</summary>
    public int Performed { get; private set; }

    /// <summary>Sent to credit collection at the end (ZB).</summary>
    public int Collected { get; private set; }

    /// <summary>Neither.</summary>
    public int Open { get; private set; }

    /// <summary>How often a fine that was paid rose above the money received.</summary>
    public int Revoked { get; private set; }

    /// <summary>Fines by year of creation.</summary>
    public SortedDictionary<int, int> FiledByYear { get; } = [];

    /// <summary>Credit collections of fines that are paid, as <c>case:sequence</c>.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Counts a gzipped log.</summary>
    /// <exception cref="InvalidDataException">It has a quoted field, so that splitting at commas would not do.</exception>
    public static FinesCount Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = reader.ReadLine()!.Split(',');
        int At(string name) => Array.IndexOf(header, name);
        var (id, seq, activity, time, amount, paid, cost) =
            (At("case"), At("seq"), At("activity"), At("timestamp"), At("amount"), At("paymentAmount"), At("expense"));
        var count = new FinesCount();
        var fines = new Dictionary<string, decimal>();
        var costs = new Dictionary<string, decimal>();
        var money = new Dictionary<string, decimal>();
        var states = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Contains('"', StringComparison.Ordinal))
            {
                throw new InvalidDataException($"A quoted field: {line}");
            }

            var row = line.Split(',');
            var key = row[id];
            count.Rows++;
            switch (row[activity])
            {
                case "Create Fine":
                    fines.Add(key, Euro(row[amount]));
                    (costs[key], money[key], states[key]) = (0, 0, "open");
                    var year = int.Parse(row[time][..4], CultureInfo.InvariantCulture);
                    count.FiledByYear[year] = count.FiledByYear.GetValueOrDefault(year) + 1;
                    break;
                case "Send Fine":
                    costs[key] += Euro(row[cost]);
                    break;
                case "Add penalty":
                    fines[key] = Euro(row[amount]);
                    break;
                case "Payment":
                    money[key] += Euro(row[paid]);
                    if (states[key] == "open" && money[key] >= fines[key] + costs[key])
                    {
                        states[key] = "WB";
                    }

                    break;
                case "Send for Credit Collection" when states[key] == "open":
                    states[key] = "ZB";
                    break;
                case "Send for Credit Collection":
                    count.Refused.Add($"{key}:{row[seq]}");
                    break;
                default:
                    break; // Notification and appeals move no figure.
            }

            if (states[key] == "WB" && fines[key] + costs[key] > money[key])
            {
                states[key] = "open";
                count.Revoked++;
            }
        }

        count.Cases = states.Count;
        count.MoneyIn = money.Values.Sum();
        count.Performed = states.Values.Count(state => state == "WB");
        count.Collected = states.Values.Count(state => state == "ZB");
        count.Open = states.Values.Count(state => state == "open");
        return count;
    }

    private static decimal Euro(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
