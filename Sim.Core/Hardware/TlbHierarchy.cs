using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Sim.Core.Engine;

namespace Sim.Core.Hardware;

/// <summary>
/// A CPU's TLB levels. A reference asks the first level, then each one below it; what is found below, and what a walk finds, is put
/// into all levels above and, after a walk, into every level.
/// </summary>
internal sealed class TlbHierarchy
{
    private readonly TlbArray?[][] _arraysOfSize;
    private readonly TlbArray[] _all;

    public TlbHierarchy(TlbSpec spec, ulong seed)
    {
        _arraysOfSize = [new TlbArray?[spec.Levels.Count], new TlbArray?[spec.Levels.Count], new TlbArray?[spec.Levels.Count]];
        var all = new List<TlbArray>();
        foreach (var (level, arrays) in spec.Levels.Index())
        {
            foreach (var (index, array) in arrays.Index())
            {
                var made = new TlbArray(array, RandomStream.SeedOf(seed, 0, $"{level}/{index}"));
                all.Add(made);
                foreach (PageSize size in array.PageSizes) _arraysOfSize[(int)size][level] = made;
            }
        }
        _all = [.. all];
        FirstBase = _arraysOfSize[(int)PageSize.Base][0]!;
    }

    /// <summary>The array that a base page is looked up in first.</summary>
    public TlbArray FirstBase { get; }

    /// <summary>For each level the array of base pages, if it has one.</summary>
    public IReadOnlyList<TlbArray?> BaseLevels => _arraysOfSize[(int)PageSize.Base];

    /// <summary>
    /// Looks below the first level. Returns the level of the hit, from 1, after filling the levels above, or 0 for a miss.
    /// </summary>
    /// <param name="key">The page's key.</param>
    /// <param name="needed">Flags that the entry must have; one that lacks them is a miss.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LookupLower(ulong key, ulong needed)
    {
        TlbArray?[] levels = _arraysOfSize[(int)TlbEntry.SizeOf(key)];
        for (int level = 1; level < levels.Length; level++)
        {
            if (levels[level] is not { } array) continue;
            ulong entry = array.Lookup(key);
            if (entry == 0 || (entry & needed) != needed) continue;
            for (int above = 0; above < level; above++) levels[above]?.Insert(entry, needed != 0);
            return level;
        }
        return 0;
    }

    /// <summary>Looks in the first level for a page of any size.</summary>
    public bool LookupFirst(ulong key, ulong needed) =>
        _arraysOfSize[(int)TlbEntry.SizeOf(key)][0]?.Lookup(key) is { } entry && entry != 0 && (entry & needed) == needed;

    /// <summary>What a walk found goes into every level that holds its page size.</summary>
    /// <param name="entry">The translation.</param>
    /// <param name="mayRenew">Whether a level may hold it already with fewer rights: only after a store.</param>
    public void Fill(ulong entry, bool mayRenew)
    {
        foreach (TlbArray? array in _arraysOfSize[(int)TlbEntry.SizeOf(entry)]) array?.Insert(entry, mayRenew);
    }

    /// <summary>Forgets one translation.</summary>
    public void Invalidate(ulong key)
    {
        foreach (TlbArray? array in _arraysOfSize[(int)TlbEntry.SizeOf(key)]) array?.Invalidate(key);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (TlbArray array in _all) array.Clear();
    }

    /// <summary>Forgets what belongs to one address-space identifier.</summary>
    public void Clear(int asid)
    {
        foreach (TlbArray array in _all) array.Clear(asid);
    }

    /// <summary>All translations of all levels.</summary>
    public IEnumerable<ulong> Entries() => _all.SelectMany(array => array.Entries());
}
