using System.Collections;
using System.Runtime.CompilerServices;

namespace CommandCenter.Web.Watch;

/// <summary>A list that equals another one when their items do: records that hold it compare by what they say, so what did not change does not travel.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
internal sealed class ValueList<T>(T[] items) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    public static readonly ValueList<T> Empty = new([]);

    public int Count => items.Length;

    public T this[int index] => items[index];

    public bool Equals(ValueList<T>? other) => other is not null && (ReferenceEquals(this, other) || items.AsSpan().SequenceEqual(other.Items));

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode() => items.Length == 0 ? 0 : HashCode.Combine(items.Length, items[0], items[^1]);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    private ReadOnlySpan<T> Items => items;
}

/// <summary>Makes lists of collection expressions.</summary>
internal static class ValueList
{
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>(items.ToArray());
}
