using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sim.Core.AddressSpaces;

namespace Sim.Lab.Scripts;

/// <summary>Mappings as text, as /proc/self/smaps shows them: start,npages,perms,object,pgoff,flags. The start is relative to a window.</summary>
internal static class MapText
{
    private static readonly (VmaFlags Flag, string Mark, bool IsBasic)[] Marks =
    [
        (VmaFlags.Read, "rd", true), (VmaFlags.Write, "wr", true), (VmaFlags.Execute, "ex", true), (VmaFlags.Shared, "sh", true),
        (VmaFlags.MayRead, "mr", true), (VmaFlags.MayWrite, "mw", true), (VmaFlags.MayExecute, "me", true), (VmaFlags.MayShare, "ms", true),
        (VmaFlags.GrowsDown, "gd", false), (VmaFlags.PageFrames, "pf", false), (VmaFlags.Locked, "lo", false), (VmaFlags.Device, "io", false),
        (VmaFlags.SequentialRead, "sr", false), (VmaFlags.RandomRead, "rr", false), (VmaFlags.DontCopy, "dc", false), (VmaFlags.DontExpand, "de", false),
        (VmaFlags.LockOnFault, "lf", false), (VmaFlags.Account, "ac", false), (VmaFlags.NoReserve, "nr", false), (VmaFlags.HugeTlb, "ht", false),
        (VmaFlags.WipeOnFork, "wf", false), (VmaFlags.DontDump, "dd", false), (VmaFlags.MixedMap, "mm", false), (VmaFlags.HugePage, "hg", false),
        (VmaFlags.NoHugePage, "nh", false), (VmaFlags.Mergeable, "mg", false),
    ];

    /// <summary>The mappings that begin in [first, first + pages).</summary>
    /// <param name="mm">The address space.</param>
    /// <param name="first">The window's first page, page 0 of the texts.</param>
    /// <param name="pages">The window's length.</param>
    /// <param name="isFull">Whether the access and may-flags are listed too.</param>
    public static List<string> Of(Mm mm, ulong first, ulong pages, bool isFull)
    {
        var lines = new List<string>();
        for (Vma? vma = mm.Vmas.Find(first); vma is not null && vma.Start < first + pages; vma = vma.Next)
        {
            if (vma.Start >= first) lines.Add(Of(vma, first, isFull));
        }
        return lines;
    }

    private static string Of(Vma vma, ulong first, bool isFull)
    {
        var flags = new StringBuilder();
        foreach (var (flag, mark, isBasic) in Marks.Where(mark => vma.Has(mark.Flag)))
        {
            if (isFull || !isBasic) flags.Append(mark);
        }
        string permissions = string.Concat(vma.Has(VmaFlags.Read) ? 'r' : '-', vma.Has(VmaFlags.Write) ? 'w' : '-', vma.Has(VmaFlags.Execute) ? 'x' : '-',
            vma.Has(VmaFlags.MayShare) ? 's' : 'p');
        return string.Create(CultureInfo.InvariantCulture,
            $"{vma.Start - first},{vma.Pages},{permissions},{vma.File?.Object.Name ?? "-"},{(vma.IsAnonymous ? 0 : vma.PageOffset)},{flags}");
    }
}
