namespace CommandCenter.Runtime.Tests.Simulation;

/// <summary>The ledger's state once more, from nothing but a list of records and without sharing a line with the model.</summary>
internal static class NaiveLedger
{
    public static string Describe(IReadOnlyCollection<Deposit> records)
    {
        var balances = records
            .GroupBy(static deposit => deposit.Account, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => $"{group.Key}={group.Sum(static deposit => deposit.Amount)}");
        return string.Join(';', balances) + "|" + string.Join(',', records.Select(static deposit => deposit.Id).Order(StringComparer.Ordinal));
    }
}
