namespace CommandCenter.Web.Import.Mapping;

/// <summary>A named sum of running values of a case, such as <c>claim = fine + costs</c>.</summary>
internal sealed record FenSum(string Name, int[] Terms)
{
    public long Of(CaseState state)
    {
        long sum = 0;
        foreach (var term in Terms)
        {
            sum = checked(sum + state.Values[term]);
        }

        return sum;
    }
}
