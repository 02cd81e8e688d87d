using System.Buffers.Binary;
using System.Text;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests;

/// <summary>Adds an amount to an account once per id, like a case grain does with an event.</summary>
/// <param name="Id">Makes a repetition harmless.</param>
/// <param name="Account">What the amount is added to.</param>
/// <param name="Amount">Negative is refused; <see cref="Poison"/> throws half-way.</param>
internal sealed record Deposit(string Id, string Account, long Amount)
{
    public const long Poison = long.MaxValue;
}

internal enum DepositReply
{
    None,
    Accepted,
    Duplicate,
    Refused,
    Skipped,
}

/// <summary>A small model with everything a real one has: ids, state, refusals, passivation. Its state is a function of the journal.</summary>
internal sealed class LedgerModel(PartitionContext context) : IPartitionModel<Deposit, DepositReply>
{
    private readonly SortedDictionary<string, long> _balances = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ids = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, long> _published = new Dictionary<string, long>();

    public PartitionContext Context => context;

    public IReadOnlyDictionary<string, long> Published => _published;

    public long PublishedPosition { get; private set; }

    public int ReplayedCount { get; private set; }

    /// <summary>Makes recovery refuse a record of this amount, as a model does whose rules grew stricter.</summary>
    public long? RefuseAtReplay { get; init; }

    /// <summary>Makes publishing fail.</summary>
    public bool FailPublish { get; init; }

    /// <summary>Called by Decide, on the partition's thread.</summary>
    public Action<Deposit>? Deciding { get; init; }

    /// <summary>The whole state as text, to be compared.</summary>
    public string Describe() => string.Join(';', _balances.Select(static pair => $"{pair.Key}={pair.Value}")) + "|" + string.Join(',', _ids);

    public DepositReply Decide(Deposit command, RecordWriter records)
    {
        Deciding?.Invoke(command);
        if (_ids.Contains(command.Id))
        {
            return DepositReply.Duplicate;
        }

        if (command.Amount < 0)
        {
            return DepositReply.Refused;
        }

        var position = records.Append(Encode(command));
        Apply(command);
        if (command.Amount == Deposit.Poison)
        {
            throw new InvalidOperationException("A poison deposit, thrown after it was half applied.");
        }

        if (command.Account.StartsWith("passive", StringComparison.Ordinal))
        {
            records.Passivate(command.Account, Encoding.UTF8.GetBytes($"{position}:{_balances[command.Account]}"));
        }

        return DepositReply.Accepted;
    }

    public void Replay(long position, ReadOnlySpan<byte> record)
    {
        var deposit = Decode(record);
        if (deposit.Amount == RefuseAtReplay)
        {
            throw new InvalidOperationException("A record that this model refuses.");
        }

        ReplayedCount++;
        if (!_ids.Contains(deposit.Id))
        {
            Apply(deposit);
        }
        else
        {
            throw new InvalidOperationException($"{deposit.Id} is in the journal twice.");
        }
    }

    public void Publish(long position)
    {
        if (FailPublish && position > 0)
        {
            throw new InvalidOperationException("Publishing fails.");
        }

        PublishedPosition = position;
        _published = new Dictionary<string, long>(_balances);
    }

    public ISnapshot Capture() => new Snapshot([.. _balances], [.. _ids]);

    public void Restore(Stream snapshot)
    {
        using var reader = new BinaryReader(snapshot, Encoding.UTF8, leaveOpen: true);
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            _balances.Add(reader.ReadString(), reader.ReadInt64());
        }

        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            _ = _ids.Add(reader.ReadString());
        }
    }

    public static byte[] Encode(Deposit deposit)
    {
        var text = Encoding.UTF8.GetBytes($"{deposit.Id}\n{deposit.Account}");
        var record = new byte[sizeof(long) + text.Length];
        BinaryPrimitives.WriteInt64LittleEndian(record, deposit.Amount);
        text.CopyTo(record, sizeof(long));
        return record;
    }

    public static Deposit Decode(ReadOnlySpan<byte> record)
    {
        var text = Encoding.UTF8.GetString(record[sizeof(long)..]).Split('\n');
        return new Deposit(text[0], text[1], BinaryPrimitives.ReadInt64LittleEndian(record));
    }

    private void Apply(Deposit deposit)
    {
        _ = _ids.Add(deposit.Id);
        _balances[deposit.Account] = _balances.GetValueOrDefault(deposit.Account) + deposit.Amount;
    }

    private sealed class Snapshot(KeyValuePair<string, long>[] balances, string[] ids) : ISnapshot
    {
        public void WriteTo(Stream stream)
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            writer.Write(balances.Length);
            foreach (var (account, balance) in balances)
            {
                writer.Write(account);
                writer.Write(balance);
            }

            writer.Write(ids.Length);
            foreach (var id in ids)
            {
                writer.Write(id);
            }
        }
    }
}
