namespace CommandCenter.Web.Import.Mapping;

/// <summary>The columns that a mapping reads. Readers fill only these, so wide logs cost no more than narrow ones.</summary>
internal sealed class ColumnSet
{
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Names => _names;

    /// <summary>The column's index, the same for every mention of its name.</summary>
    public int Add(string name)
    {
        var index = _names.IndexOf(name);
        if (index < 0)
        {
            index = _names.Count;
            _names.Add(name);
        }

        return index;
    }
}
