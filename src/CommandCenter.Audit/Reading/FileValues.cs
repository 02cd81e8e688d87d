using System.Text.Json;
using CommandCenter.Audit.Format;
using Microsoft.Win32.SafeHandles;

namespace CommandCenter.Audit.Reading;

/// <summary>Which actors, subjects, actions and outcomes a sealed file holds, so that a search leaves it out without reading it. Errs towards yes, about once in 200.</summary>
/// <remarks>
/// A Bloom filter of 12 bits a value, in memory alone: an index on the disk would be one more thing that somebody could change so that a
/// search finds nothing, and that no signature covers.
/// </remarks>
internal sealed class FileValues
{
    private const int BitsPerValue = 12;
    private const int Probes = 6;
    private const int ActionsMax = 256;

    private readonly ulong[] _bits;
    private readonly IReadOnlyList<byte[]>? _actions; // null: too many to tell.

    private FileValues(ulong[] bits, IReadOnlyList<byte[]>? actions) => (_bits, _actions) = (bits, actions);

    /// <summary>Memory that it takes.</summary>
    public int SizeBytes => (_bits.Length * sizeof(ulong)) + (_actions?.Sum(static action => action.Length + 24) ?? 0);

    /// <summary>Reads a whole file; <see langword="null"/> when a line of it is damaged, so that every search meets the damage.</summary>
    public static FileValues? Read(SafeFileHandle file, CancellationToken cancellationToken)
    {
        HashSet<ulong> values = [];
        Dictionary<ulong, byte[]> actions = [];
        foreach (var line in FileLines.Forward(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Span[^1] != (byte)'\n' || !AuditLine.TryRead(line.Span, out _) || !TryCollect(line.Span, values, actions))
            {
                return null;
            }
        }

        var bits = new ulong[Math.Max(1, (values.Count * BitsPerValue + 63) / 64)];
        foreach (var value in values)
        {
            foreach (var (word, mask) in Places(bits, value))
            {
                bits[word] |= mask;
            }
        }

        return new FileValues(bits, actions.Count > ActionsMax ? null : [.. actions.Values]);
    }

    /// <summary>False only when no line of the file holds these bytes.</summary>
    /// <param name="needle">As <see cref="EntryBody.Needle"/> makes it.</param>
    /// <param name="isAction">Whether it is a beginning of an action; the others are whole values.</param>
    public bool MayHold(byte[] needle, bool isAction)
    {
        if (isAction)
        {
            return _actions is null || _actions.Any(action => action.AsSpan().StartsWith(needle));
        }

        foreach (var (word, mask) in Places(_bits, HashOf(needle)))
        {
            if ((_bits[word] & mask) == 0)
            {
                return false;
            }
        }

        return true;
    }

    // The very bytes of name and value as they stand in the line: a search looks for the same.
    private static bool TryCollect(ReadOnlySpan<byte> line, HashSet<ulong> values, Dictionary<ulong, byte[]> actions)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                var isAction = reader.ValueTextEquals("action"u8);
                var isValue = reader.ValueTextEquals("actor"u8) || reader.ValueTextEquals("subject"u8) || reader.ValueTextEquals("outcome"u8);
                var begin = (int)reader.TokenStartIndex;
                _ = reader.Read();
                if (isAction || isValue)
                {
                    var bytes = line[begin..(int)reader.BytesConsumed];
                    var hash = HashOf(bytes);
                    if (isValue)
                    {
                        _ = values.Add(hash);
                    }
                    else if (actions.Count <= ActionsMax && !actions.ContainsKey(hash))
                    {
                        actions.Add(hash, bytes.ToArray());
                    }
                }
                else
                {
                    reader.Skip();
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<(int Word, ulong Mask)> Places(ulong[] bits, ulong hash)
    {
        var step = (hash >> 32) | 1; // Odd: no probe falls on another.
        for (var probe = 0; probe < Probes; probe++)
        {
            var place = (hash + ((ulong)probe * step)) % ((ulong)bits.Length * 64);
            yield return ((int)(place / 64), 1UL << (int)(place % 64));
        }
    }

    // FNV-1a with a finish that spreads it over all bits.
    private static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var one in bytes)
        {
            hash = (hash ^ one) * 1_099_511_628_211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51_afd7_ed55_8ccdUL;
        return hash ^ (hash >> 29);
    }
}
