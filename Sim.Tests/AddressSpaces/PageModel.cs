using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;

namespace Sim.Tests.AddressSpaces;

/// <summary>What must be true of one page, whatever mapping it is in. Accounting is not among it: that depends on what else lay in the mapping.</summary>
internal readonly record struct PageState(VmaFlags Flags, OpenFile? File, ulong FilePage, bool IsTouched);

/// <summary>An address space as an array of pages: what the calls must amount to, without any mapping. Page 0 is the window's first.</summary>
internal sealed class PageModel(int pages)
{
    private readonly PageState?[] _pages = new PageState?[pages];

    public PageState? this[int page] => _pages[page];

    public int Count => _pages.Length;

    public bool IsMapped(int page) => page < Count && _pages[page] is not null;

    public IEnumerable<int> Mapped => Enumerable.Range(0, Count).Where(IsMapped);

    public void Map(int first, int length, VmaFlags flags, OpenFile? file, ulong offset)
    {
        for (int i = 0; i < length; i++) _pages[first + i] = new PageState(flags, file, file is null ? 0 : offset + (ulong)i, false);
    }

    public void Unmap(int first, int length) => System.Array.Clear(_pages, first, length);

    /// <summary>Changes pages up to the first hole, or all of them with holes passed over. Returns whether there was a hole.</summary>
    public bool Change(int first, int length, bool stopsAtHole, System.Func<PageState, PageState> change)
    {
        bool hasHole = false;
        for (int page = first; page < first + length; page++)
        {
            if (_pages[page] is { } state) _pages[page] = change(state);
            else hasHole = true;
            if (hasHole && stopsAtHole) break;
        }
        return hasHole;
    }

    /// <summary>The pages of a range go elsewhere with the holes between them, in place of what is there.</summary>
    public void Move(int from, int length, int to, bool leavesEmpty)
    {
        PageState?[] moved = _pages[from..(from + length)];
        for (int i = 0; i < length; i++) _pages[from + i] = leavesEmpty && moved[i] is { } left ? left with { IsTouched = false } : null;
        for (int i = 0; i < length; i++)
        {
            if (moved[i] is not null) _pages[to + i] = moved[i];
        }
    }

    public void Touch(int page) => _pages[page] = _pages[page]!.Value with { IsTouched = true };
}
