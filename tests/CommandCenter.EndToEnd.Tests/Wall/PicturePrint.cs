using System.Globalization;
using System.Text.RegularExpressions;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>How a picture looks, in a text of some kilobytes: a grid of luminance and hue (<c>picture-print.js</c>).</summary>
internal sealed partial record PicturePrint(IReadOnlyList<string> Lights, IReadOnlyList<string> Hues)
{
    /// <summary>So many steps of luminance are another look; anti-aliasing is one.</summary>
    private const int StepsMost = 2;

    /// <summary>So many cells may look otherwise: an edge between two cells may fall to either side.</summary>
    private const int CellsMost = 6;

    /// <summary>Pixels of the canvas that a cell stands for, across a wall.</summary>
    private const int WallColumns = 96;
    private const int WallRows = 22;
    private const int DeskColumns = 64;
    private const int DeskRows = 40;

    private const string Steps = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Reads a PNG in a page that may do so.</summary>
    /// <param name="reader">Any page without a content policy.</param>
    /// <param name="png">The picture.</param>
    /// <param name="isWall">Which grid.</param>
    public static async Task<PicturePrint> OfAsync(IPage reader, byte[] png, bool isWall)
    {
        var script = await File.ReadAllTextAsync(RepositoryRoot.Combine("tests", "CommandCenter.EndToEnd.Tests", "Wall", "picture-print.js"));
        var lines = await reader.EvaluateAsync<string[]>(script, new
        {
            picture = Convert.ToBase64String(png),
            columns = isWall ? WallColumns : DeskColumns,
            rows = isWall ? WallRows : DeskRows,
        });
        return Parse(lines);
    }

    public static PicturePrint Parse(IEnumerable<string> lines)
    {
        var parts = lines.Where(static line => line.Length > 0).Select(static line => line.Split(' ')).ToArray();
        return new PicturePrint([.. parts.Select(static part => part[0])], [.. parts.Select(static part => Unfold(part[1]))]);
    }

    /// <summary>The cells that look otherwise, or nothing while there are so few that anti-aliasing explains them.</summary>
    public IReadOnlyList<string> DifferencesFrom(PicturePrint reference)
    {
        if (Lights.Count != reference.Lights.Count || Lights[0].Length != reference.Lights[0].Length)
        {
            return [$"the grid is {Lights[0].Length} × {Lights.Count}, not {reference.Lights[0].Length} × {reference.Lights.Count}"];
        }

        var differences = new List<string>();
        for (var row = 0; row < Lights.Count; row++)
        {
            for (var column = 0; column < Lights[row].Length; column++)
            {
                var steps = Math.Abs(Steps.IndexOf(Lights[row][column], StringComparison.Ordinal) - Steps.IndexOf(reference.Lights[row][column], StringComparison.Ordinal));
                // Between no colour and a little of one lies only a threshold; between two colours lies a decision.
                var isOtherHue = Hues[row][column] != reference.Hues[row][column] && (steps > 0 || (Hues[row][column] != '.' && reference.Hues[row][column] != '.'));
                if (steps > StepsMost || isOtherHue)
                {
                    differences.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"row {row + 1}, column {column + 1}: {reference.Lights[row][column]}{reference.Hues[row][column]} is {Lights[row][column]}{Hues[row][column]}"));
                }
            }
        }

        return differences.Count <= CellsMost ? [] : differences;
    }

    public IEnumerable<string> ToLines() => Lights.Zip(Hues, static (light, hue) => $"{light} {Runs().Replace(hue, static run => (run.Length > 1 ? run.Length.ToString(CultureInfo.InvariantCulture) : "") + run.Value[0])}");

    private static string Unfold(string hues) => FoldedRuns().Replace(
        hues, static run => new string(run.Value[^1], run.Length > 1 ? int.Parse(run.Value[..^1], CultureInfo.InvariantCulture) : 1));

    [GeneratedRegex(@"(.)\1*")]
    private static partial Regex Runs();

    [GeneratedRegex(@"\d*[^\d]")]
    private static partial Regex FoldedRuns();
}
