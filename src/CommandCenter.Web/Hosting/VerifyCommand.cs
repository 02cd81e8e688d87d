using System.CommandLine;
using CommandCenter.Audit;
using CommandCenter.Audit.Verification;
using CommandCenter.Domain.Indicators;
using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Runtime.Snapshots;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Hosting;

/// <summary>
/// The verb <c>verify</c>: proves a data directory at rest. The journal against its hash chain, 收结存 at every window of every court, and
/// with <c>--rebuild</c> everything that was computed against a computation from the journal alone, which then replaces it.
/// </summary>
internal sealed class VerifyCommand(TimeProvider time, IPartitionObserver observer)
{
    private readonly Option<string> _data = DirectoryOption.Data();
    private readonly Option<string?> _config = DirectoryOption.Config();
    private readonly Option<bool> _rebuild = new("--rebuild") { Description = "Throw snapshots away, compute everything from the journal, compare, and keep the new." };

    private readonly Option<string?> _publicKey = new("--audit-public-key") { Description = "The public key of the trace (DATA.audit-key.pem.pub).", HelpName = "FILE" };

    /// <summary>The command, ready to hang under the root.</summary>
    public Command Build()
    {
        var command = new Command("verify", "Prove a data directory at rest. Exit codes: 0 all is as it was written, 1 something differs, 2 bad usage, 3 environment.")
        {
            _data, _config, _rebuild, _publicKey,
        };
        command.SetAction((arguments, cancellationToken) => VerbErrors.CatchAsync(arguments, output => VerifyAsync(arguments, output, cancellationToken)));
        return command;
    }

    private async Task<int> VerifyAsync(ParseResult arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var data = Path.GetFullPath(arguments.GetRequiredValue(_data));
        var config = ConfigDirectory.Find(arguments.GetValue(_config));
        var report = PartitionVerifier.Verify(data, cancellationToken);
        output.WriteLine($"journal    {report.RecordCount:N0} records in {report.RowCount:N0} commits: {(report.Findings.Count == 0 ? "whole" : "DAMAGED")}");
        foreach (var finding in report.Findings)
        {
            output.WriteLine($"  partition {finding.Partition} record {finding.Position}: {finding.Code} {finding.Message}");
        }

        var differences = report.Findings.Count;
        var computed = await DigestAsync(data, config, keep: false, cancellationToken);
        differences += Report(computed, output);
        if (arguments.GetValue(_rebuild))
        {
            output.WriteLine($"rebuild    {SnapshotDisposal.DeleteAll(data, time)} snapshots thrown away");
            var rebuilt = await DigestAsync(data, config, keep: true, cancellationToken);
            differences += Compare(computed, rebuilt, output);
        }

        differences += VerifyTrail(data, arguments.GetValue(_publicKey), output, cancellationToken);
        return differences == 0 ? ExitCodes.Done : ExitCodes.DoneWithRejects;
    }

    private static int VerifyTrail(string data, string? publicKeyFile, TextWriter output, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(data, AuditTrail.FolderName);
        if (!Directory.Exists(folder))
        {
            output.WriteLine("trace      none: nobody has served this directory since traces are kept");
            return 0;
        }

        var keyFile = new ServeOptions { DataDirectory = data }.AuditKeyFile;
        var report = AuditVerifier.Verify(folder, File.ReadAllText(publicKeyFile ?? keyFile + ".pub"), AuditHead.ReadNoted(keyFile), cancellationToken);
        output.WriteLine($"trace      {(report.IsWhole ? "whole" : "DAMAGED")}");
        report.WriteTo(output);
        return report.IsWhole ? 0 : 1;
    }

    private static int Report(IReadOnlyList<CourtDigest> courts, TextWriter output)
    {
        var faults = courts.Where(court => court.Fault is not null).ToArray();
        output.WriteLine($"figures    {courts.Count} courts, {courts.Sum(court => court.Windows):N0} windows, {courts.Sum(court => court.Cases):N0} cases: {(faults.Length == 0 ? "add up" : "DO NOT ADD UP")}");
        foreach (var court in faults)
        {
            output.WriteLine($"  {court.Fault}");
        }

        return faults.Length;
    }

    private static int Compare(IReadOnlyList<CourtDigest> computed, IReadOnlyList<CourtDigest> rebuilt, TextWriter output)
    {
        var differences = computed.Zip(rebuilt).Where(pair => pair.First != pair.Second).ToArray();
        output.WriteLine($"rebuilt    {(differences.Length == 0 ? "equal in every court" : "DIFFERS")}");
        foreach (var (before, after) in differences)
        {
            output.WriteLine($"  {before.Mark}: was {before}, is {after}");
        }

        return differences.Length;
    }

    private async Task<IReadOnlyList<CourtDigest>> DigestAsync(string data, string config, bool keep, CancellationToken cancellationToken)
    {
        var options = new PartitionSetOptions { DataDirectory = data };
        await using var grains = await GrainHost.OpenAsync(
            options, WallboardConfig.ReadCourts(config), WallboardConfig.ReadNodes(config), GrainLimits.Default, time, observer, carries: false, cancellationToken);
        var digests = new List<CourtDigest>();
        for (var partition = 0; partition < grains.PartitionCount; partition++)
        {
            digests.AddRange(await grains.AskAsync(partition, CourtDigest.Of, cancellationToken));
        }

        if (keep)
        {
            await grains.DrainAsync(cancellationToken);
        }

        return [.. digests.OrderBy(digest => digest.Mark, StringComparer.Ordinal)];
    }

    /// <summary>What is compared of one court: every window and every row, as hashes, beside the figures that a person knows.</summary>
    private sealed record CourtDigest(string Mark, int Cases, int Windows, long Pending, long Terminal, long FundsInFen, long FundsOutFen, ulong WindowsHash, ulong RowsHash)
    {
        public IdentityFault? Fault { get; init; }

        public static List<CourtDigest> Of(GrainModel model)
        {
            var rows = new Dictionary<int, (int Count, ulong Hash)>();
            for (var place = 0; place < model.Cases.Count; place++)
            {
                ref readonly var row = ref model.Cases[place];
                var (count, hash) = rows.GetValueOrDefault(row.Court);
                rows[row.Court] = (count + 1, hash + HashOf(in row)); // A sum: the order of rows is not part of the truth.
            }

            return [.. model.Courts.Select(grain => Of(grain, rows.GetValueOrDefault(grain.Court.Index)))];
        }

        private static CourtDigest Of(CourtGrain grain, (int Count, ulong Hash) rows)
        {
            var total = new long[Flows.ColumnCount];
            var hash = StableHash.Start;
            for (var i = 0; i < grain.Windows.Count; i++)
            {
                var sums = new long[Flows.ColumnCount];
                grain.Windows.AddTo(i, sums);
                hash = StableHash.Add(hash, grain.Windows.Windows[i]);
                for (var column = 0; column < sums.Length; column++)
                {
                    hash = StableHash.Add(hash, sums[column]);
                    total[column] += sums[column];
                }
            }

            var load = new Caseload(total);
            return new CourtDigest(
                grain.Court.Mark, rows.Count, grain.Windows.Count, grain.Stock.Pending, grain.Stock.Terminal, load.FundsInFen, load.FundsOutFen, hash, rows.Hash)
            {
                Fault = grain.Check(),
            };
        }

        private static ulong HashOf(in CaseRow row)
        {
            var hash = StableHash.Add(StableHash.Start, row.Number.ToString());
            hash = StableHash.Add(hash, (long)row.Status);
            hash = StableHash.Add(hash, (long)row.Way);
            hash = StableHash.Add(hash, row.Node);
            hash = StableHash.Add(hash, row.FiledAt);
            hash = StableHash.Add(hash, row.StatusAt);
            hash = StableHash.Add(hash, row.LatestAt);
            hash = StableHash.Add(hash, row.DueAt);
            hash = StableHash.Add(hash, row.ClaimFen);
            hash = StableHash.Add(hash, row.FundsInFen);
            hash = StableHash.Add(hash, row.FundsOutFen);
            return StableHash.Finish(StableHash.Add(hash, (long)row.Irregular));
        }
    }
}
