using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using Sim.Parquet.Encodings;

namespace Sim.Parquet.Writing;

/// <summary>The distinct values of a chunk, in the order in which they first occur, and each value as an index into them.</summary>
internal sealed class DictionaryBuilder<T>(int mostBytes)
    where T : notnull
{
    private readonly List<T> _values = [];
    private int[] _indexes = [];
    private int _count;
    private Dictionary<T, int>? _indexOf;

    public ReadOnlySpan<T> Values => CollectionsMarshal.AsSpan(_values);

    public ReadOnlySpan<int> Indexes => _indexes.AsSpan(0, _count);

    /// <summary>Bits an index: one at least, since not every reader takes none.</summary>
    public int IndexWidth => Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)(_values.Count - 1)));

    /// <summary>False if the distinct values take too many bytes; the builder then holds nothing of use.</summary>
    public bool TryBuild(ReadOnlySpan<T> values, ValueEncoder<T> encoder)
    {
        _indexOf ??= new Dictionary<T, int>(encoder.Identity);
        _indexOf.Clear();
        _values.Clear();
        if (_indexes.Length < values.Length) _indexes = new int[values.Length];
        _count = values.Length;
        long bytes = 0;
        for (int i = 0; i < values.Length; i++)
        {
            ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_indexOf, values[i], out bool known);
            if (!known)
            {
                bytes += encoder.SizeOf(values[i]);
                if (bytes > mostBytes) return false;
                index = _values.Count;
                _values.Add(values[i]);
            }

            _indexes[i] = index;
        }

        return true;
    }
}
