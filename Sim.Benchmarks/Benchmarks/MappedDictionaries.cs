using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>The runtime's sorted dictionaries with a key for each mapping.</summary>
internal sealed class MappedDictionaries
{
    private readonly SortedDictionary<ulong, object>[] _spaces;
    private readonly int[] _order;
    private readonly int _each;
    private bool _isFull;

    public MappedDictionaries(int size, int operations)
    {
        _order = MappedPlaces.Order(size);
        _each = Math.Min(size, operations);
        _spaces = [.. Enumerable.Range(0, MappedPlaces.Spaces(size, operations)).Select(_ => new SortedDictionary<ulong, object>())];
        foreach (SortedDictionary<ulong, object> space in _spaces)
        {
            foreach (int mapping in _order) space.Add(MappedPlaces.PageOf(mapping), this);
        }
    }

    /// <summary>Brings every space to where the operation can be done, and returns it.</summary>
    public Func<long> Prepare(VmaOperation operation)
    {
        if (operation == VmaOperation.Map && _isFull) Remove();
        if (operation == VmaOperation.Unmap && !_isFull) Add();
        return operation switch
        {
            VmaOperation.Find => Find,
            VmaOperation.Map => Add,
            _ => Remove,
        };
    }

    private long Find()
    {
        long found = 0;
        foreach (SortedDictionary<ulong, object> space in _spaces)
        {
            for (int i = 0; i < _each; i++) found += space.TryGetValue(MappedPlaces.PageOf(_order[i]), out _) ? 1 : 0;
        }
        return found;
    }

    private long Add()
    {
        _isFull = true;
        foreach (SortedDictionary<ulong, object> space in _spaces)
        {
            for (int i = 0; i < _each; i++) space.Add(MappedPlaces.FreePageOf(_order[i]), this);
        }
        return (long)_each * _spaces.Length;
    }

    private long Remove()
    {
        _isFull = false;
        foreach (SortedDictionary<ulong, object> space in _spaces)
        {
            for (int i = 0; i < _each; i++) space.Remove(MappedPlaces.FreePageOf(_order[i]));
        }
        return (long)_each * _spaces.Length;
    }
}
