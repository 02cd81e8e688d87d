namespace CommandCenter.Web.Trail;

/// <summary>What a route adds to the record of its own request: how many rows left the house, and the like. Never a name.</summary>
internal static class TrailNotes
{
    private const string Key = "trail-notes";

    /// <summary>Adds a note, before the answer begins.</summary>
    public static void Add(HttpContext http, string name, string value)
    {
        if (http.Items[Key] is not Dictionary<string, string> notes)
        {
            http.Items[Key] = notes = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        notes[name] = value;
    }

    /// <summary>What was added.</summary>
    public static IReadOnlyDictionary<string, string> Of(HttpContext http) =>
        http.Items[Key] as Dictionary<string, string> ?? (IReadOnlyDictionary<string, string>)System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}
