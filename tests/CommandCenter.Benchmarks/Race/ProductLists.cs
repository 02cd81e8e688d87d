using System.Text.Json;

namespace CommandCenter.Benchmarks.Race;

/// <summary>Reads lists from the product.</summary>
internal static class ProductLists
{
    public static ListAnswer Parse(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return new ListAnswer(
            json.RootElement.GetProperty("total").GetInt64(),
            [.. json.RootElement.GetProperty("items").EnumerateArray().Select(static item => string.Join(
                ' ', item.GetProperty("number").GetString(), item.GetProperty("status").GetString(), item.GetProperty("handler").GetString(),
                item.GetProperty("node").GetString(), item.GetProperty("claimFen").GetInt64(), item.GetProperty("fundsInFen").GetInt64(),
                item.GetProperty("fundsOutFen").GetInt64()))]);
    }
}
