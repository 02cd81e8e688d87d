using CommandCenter.Domain.Cases;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Grains;

/// <content>What search looks through, brought up to date with every commit.</content>
internal sealed partial class GrainModel
{
    private readonly SearchIndex _search = new();
    private readonly List<(int Place, bool HasNewNames)> _searchedAnew = [];

    /// <summary>What search looks through; holds what is committed.</summary>
    public SearchIndex Search => _search;

    private void NoteForSearch(int place, CaseEvent @event, bool hasNewNames)
    {
        if (place < _search.Count && (hasNewNames || @event is CaseEvent.CaseAssigned or CaseEvent.CaseTransferred))
        {
            _searchedAnew.Add((place, hasNewNames));
        }
    }

    // What other threads search is what is on disk. The first time that is everything recovered, in one go.
    private void PublishSearch()
    {
        for (var place = _search.Count; place < _cases.Count; place++)
        {
            ShowToSearch(place, hasNewNames: true);
        }

        foreach (var (place, hasNewNames) in _searchedAnew)
        {
            ShowToSearch(place, hasNewNames);
        }

        _searchedAnew.Clear();
    }

    private void ShowToSearch(int place, bool hasNewNames)
    {
        ref readonly var row = ref _cases[place];
        _search.Put(place, in row, row.Handler < 0 ? null : _texts[row.Handler], hasNewNames ? _cases.TextAt(in row) : []);
    }
}
