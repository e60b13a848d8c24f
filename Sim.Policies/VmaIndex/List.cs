using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.VmaIndex;

/// <summary>
/// Nothing but the list, walked from the lowest address: each lookup reads half of the mappings on average, and so does each insertion, to find its place.
/// <para>L. Torvalds and others, Linux 0.99 to 1.1, mm/mmap.c (find_vma), 1993.</para>
/// </summary>
[Paper("Nothing but the list, walked from the lowest address.", "L. Torvalds and others, Linux 0.99 to 1.1, mm/mmap.c, 1993")]
public sealed class List : IPolicy<List, NoOptions>, IVmaIndex
{
    private VmaList _list = null!;
    private VmaIndexTally _tally;

    private List()
    {
    }

    public static string Name => "vma-index/list";

    public KernelObject? NodeKind => null;

    public VmaIndexWork Work => _tally.Work;

    public static List Create(NoOptions options, PolicyContext context) => new();

    public void Attach(VmaList list) => _list = list;

    public Vma? Find(ulong page)
    {
        long walked = 0;
        Vma? vma = _list.First;
        for (; vma is not null; vma = vma.Next)
        {
            walked++;
            if (vma.End > page) break;
        }
        _tally.Visits += walked;
        _tally.Comparisons += walked;
        return vma;
    }

    /// <summary>The walk to its place was the lookup before.</summary>
    public void OnInsert(Vma vma) => _tally.Visits++;

    public void OnRemove(Vma vma) => _tally.Visits++;

    public void OnMove(Vma vma, ulong oldStart, ulong oldEnd)
    {
    }

    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start) =>
        GapWalk.TryFindLowest(Find(low), low, high, pages, ref _tally, out start);

    /// <summary>Deviation: the lists of the time went one way only, and mappings were placed upwards; this one is walked down from the last mapping.</summary>
    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start) =>
        GapWalk.TryFindHighest(GapWalk.LastBefore(_list, Find(high), high), low, high, pages, ref _tally, out start);

    /// <summary>The list is checked by whoever owns it.</summary>
    public void CheckInvariants()
    {
    }
}
