using System.Diagnostics.CodeAnalysis;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Reading;

/// <summary>Scopes of requests: a court mark, which means the court and all its inferior courts. Without one, everything.</summary>
internal static class Scopes
{
    public static bool TryFind(
        CourtTree courts, string? scope, [NotNullWhen(true)] out Court? court, [NotNullWhen(false)] out IResult? problem)
    {
        problem = null;
        if (courts.TryFind(scope ?? courts.Root.Mark, out court))
        {
            return true;
        }

        problem = Problems.Of(StatusCodes.Status404NotFound, "scope.unknown", "There is no such court.");
        return false;
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
