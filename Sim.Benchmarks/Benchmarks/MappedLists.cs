using System;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>Address spaces under one index.</summary>
internal sealed class MappedLists
{
    private static readonly IKernelObjects NoMemory = new KernelObjects(new PageAllocator(new FrameArray<Frame>(0)));
    private readonly VmaList[] _spaces;
    private readonly Vma[][] _coming;
    private readonly int[] _order;
    private bool _isFull;

    public MappedLists(PolicyEntry index, int size, int operations)
    {
        _order = MappedPlaces.Order(size);
        int each = Math.Min(size, operations);
        _spaces = [.. Enumerable.Range(0, MappedPlaces.Spaces(size, operations)).Select(_ => New(index))];
        _coming = [.. _spaces.Select(_ => _order.Take(each).Select(mapping => Make(MappedPlaces.FreePageOf(mapping))).ToArray())];
        foreach (VmaList space in _spaces)
        {
            for (int mapping = size - 1; mapping >= 0; mapping--) space.Insert(Make(MappedPlaces.PageOf(mapping)));
        }
    }

    /// <summary>Operations that are done in one go.</summary>
    public int Operations => _coming.Length * _coming[0].Length;

    /// <summary>What the indexes counted in the last go.</summary>
    public VmaIndexWork LastWork { get; private set; }

    /// <summary>Brings every space to where the operation can be done, and returns it.</summary>
    public Func<long> Prepare(VmaOperation operation)
    {
        if (operation == VmaOperation.Map && _isFull) Unmap();
        if (operation == VmaOperation.Unmap && !_isFull) Map();
        Func<long> timed = operation switch
        {
            VmaOperation.Find => Find,
            VmaOperation.Map => Map,
            _ => Unmap,
        };
        return () =>
        {
            VmaIndexWork before = Work();
            long done = timed();
            LastWork = Work() - before;
            return done;
        };
    }

    private static VmaList New(PolicyEntry index) =>
        new((IVmaIndex)new PolicyChoice(index, Activator.CreateInstance(index.OptionsType)!).Create(new PolicyContext(0, 0, 0)), NoMemory);

    private static Vma Make(ulong page) => new(page, page + 1, VmaFlags.Read | VmaFlags.Write, null, page);

    private VmaIndexWork Work() => _spaces.Select(space => space.Index.Work).Aggregate((sum, work) => sum - (default(VmaIndexWork) - work));

    private long Find()
    {
        long found = 0;
        foreach (VmaList space in _spaces)
        {
            for (int i = 0; i < _coming[0].Length; i++)
            {
                ulong page = MappedPlaces.PageOf(_order[i]);
                found += space.Find(page)?.Start == page ? 1 : 0;
            }
        }
        return found;
    }

    private long Map()
    {
        _isFull = true;
        for (int space = 0; space < _spaces.Length; space++)
        {
            foreach (Vma vma in _coming[space]) _spaces[space].Insert(vma);
        }
        return Operations;
    }

    private long Unmap()
    {
        _isFull = false;
        for (int space = 0; space < _spaces.Length; space++)
        {
            foreach (Vma vma in _coming[space]) _spaces[space].Remove(_spaces[space].Find(vma.Start)!);
        }
        return Operations;
    }
}
