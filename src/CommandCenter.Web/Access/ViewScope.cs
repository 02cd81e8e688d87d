using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Access;

/// <summary>The courts and cases that a viewer may see: his court and all its inferior courts, and of a handler only what is his.</summary>
internal sealed class ViewScope
{
    private const string NoHandler = "\0";

    private readonly CourtTree _courts;
    private readonly Court? _own;
    private readonly bool[] _mask;

    private ViewScope(CourtTree courts, Court? own, string? handler)
    {
        _courts = courts;
        _own = own;
        _mask = own is null ? new bool[courts.Courts.Count] : Scopes.Mask(courts, own);
        Handler = handler;
    }

    /// <summary>The only handler whose cases may be seen; <see langword="null"/> for all of the courts in scope.</summary>
    public string? Handler { get; }

    /// <summary>The scope of a viewer. Whoever has a role with a court that is not in the tree any more sees nothing.</summary>
    public static ViewScope Of(Viewer viewer, CourtTree courts)
    {
        var own = !RoleRights.HasCourt(viewer.Role) ? courts.Root
            : viewer.CourtMark is { } mark && courts.TryFind(mark, out var court) ? court : null;

        // No name means no case, not all of them.
        return new ViewScope(courts, own, viewer.Role == Role.Handler ? viewer.Handler ?? "" : null);
    }

    /// <summary>The court that a request names, or the viewer's own when it names none.</summary>
    /// <remarks>To somebody who does not see the whole city, a court that is not his and one that does not exist are answered alike.</remarks>
    public (Court? Court, QueryFault? Fault) Find(string? mark)
    {
        if (mark is null)
        {
            return _own is null ? (null, QueryFault.ForbiddenScope) : (_own, null);
        }

        return _courts.TryFind(mark, out var court) && _mask[court.Index] ? (court, null)
            : (null, _own == _courts.Root ? QueryFault.UnknownScope : QueryFault.ForbiddenScope);
    }

    /// <summary>The handler to look for: whom a request names, as far as he is in scope. A name that no case can have finds nothing.</summary>
    public string? NarrowHandler(string? asked) => Handler is null || asked == Handler ? asked : asked is null && Handler.Length > 0 ? Handler : NoHandler;

    /// <summary>Whether a court is in scope.</summary>
    public bool Has(string mark) => _courts.TryFind(mark, out var court) && _mask[court.Index];

    /// <summary>Whether a case may be seen: by the court where it lies and by the one that filed it.</summary>
    public bool Has(CaseFile file) => (Has(file.CourtMark) || Has(file.Number.CourtMark)) && (Handler is null || (Handler.Length > 0 && file.Handler == Handler));

    /// <summary>The court that is meant when a request names none.</summary>
    public string? OwnMark => _own?.Mark;

    /// <summary>The courts in scope.</summary>
    public IEnumerable<Court> Courts => _own?.Scope ?? [];
}
