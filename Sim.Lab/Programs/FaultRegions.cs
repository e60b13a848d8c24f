using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;

namespace Sim.Lab.Programs;

/// <summary>Names of regions, and which one a page is in.</summary>
public static class FaultRegions
{
    /// <summary>As the output names them, in the order of <see cref="FaultRegion"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["heap", "anon", "stack", "file_text", "file_ro", "file_rw", "shared"];

    internal static FaultRegion Of(Mm mm, ulong page)
    {
        Vma vma = mm.Vmas.Find(page) ?? throw new InvalidOperationException($"page {page:x} faulted and is not mapped");
        if (vma.Has(VmaFlags.MayShare)) return FaultRegion.Shared;
        if (vma.Has(VmaFlags.GrowsDown)) return FaultRegion.Stack;
        if (vma.IsAnonymous) return page >= mm.HeapStart && page < AddressSpaceLayout.PagesOf(mm.Break) ? FaultRegion.Heap : FaultRegion.Anonymous;
        if (vma.Has(VmaFlags.Execute)) return FaultRegion.FileText;
        return vma.Has(VmaFlags.Write) ? FaultRegion.FileWritable : FaultRegion.FileReadOnly;
    }
}
