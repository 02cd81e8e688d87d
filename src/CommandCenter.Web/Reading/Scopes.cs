using System.Diagnostics.CodeAnalysis;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;

namespace CommandCenter.Web.Reading;

/// <summary>Scopes of requests: a court mark, which means the court and all its inferior courts. Without one, all that the viewer may see.</summary>
internal static class Scopes
{
    public static bool TryFind(
        Viewer viewer, CourtTree courts, string? scope, [NotNullWhen(true)] out Court? court, [NotNullWhen(false)] out IResult? problem)
    {
        (court, var fault) = ViewScope.Of(viewer, courts).Find(scope);
        problem = fault?.ToResult();
        return fault is null;
    }

    /// <summary>The courts of a scope, by index.</summary>
    public static bool[] Mask(CourtTree courts, Court scope)
    {
        var mask = new bool[courts.Courts.Count];
        foreach (var court in scope.Scope)
        {
            mask[court.Index] = true;
        }

        return mask;
    }
}
