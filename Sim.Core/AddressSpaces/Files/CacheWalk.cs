namespace Sim.Core.AddressSpaces.Files;

/// <summary>
/// A walk through the cached pages of a file, a page a step, as the kernel's goes: xas_next and xas_prev of lib/xarray.c, Linux 6.18. Pages lie in nodes of 64
/// slots. The walk begins at the slot of the head of the folio that it finds, and counts page and slot on from there, so that it looks at a slot before that of its
/// page until it comes to another node, where it takes the page's own.
/// <code>
///   slots   | . . . H t t t . . . . . . . . | . . . . . . .      H a folio's head, t its other pages
///   pages             5 6 7 8 ...         20  21                 a walk from page 5 on, one slot behind, until the next node
/// </code>
/// </summary>
internal struct CacheWalk
{
    private const ulong Slots = 64;
    private readonly CachedPages _pages;
    private ulong _slot;
    private bool _isBelow;

    public CacheWalk(CachedPages pages, ulong page) => (_pages, Page, _slot) = (pages, page, pages.Find(page)?.Start ?? page);

    /// <summary>The page that the walk has come to; before page 0 it is <see cref="ulong.MaxValue"/>.</summary>
    public ulong Page { get; private set; }

    /// <summary>Whether there is a page in the slot that it looks at.</summary>
    public readonly bool IsCached => !_isBelow && _pages.Find(_slot) is not null;

    /// <summary>Goes on upwards.</summary>
    public void MoveUp()
    {
        Page++;
        _slot++;
        if (_slot % Slots == 0) _slot += Page % Slots;
    }

    /// <summary>Goes on downwards.</summary>
    public void MoveDown()
    {
        unchecked { Page--; }
        if (_slot % Slots != 0) _slot--;
        else if (Page % Slots == 0) return;
        else if (_slot == 0) _isBelow = true;
        else _slot = _slot - Slots + Page % Slots;
    }
}
