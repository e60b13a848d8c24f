using System;
using System.Numerics;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;

namespace Sim.Core.Reclaim;

/// <summary>
/// What of a file is read ahead, and in folios of which order: mm/readahead.c and do_sync_mmap_readahead, do_async_mmap_readahead of mm/filemap.c, Linux 6.18.
/// A fault that finds nothing reads around itself; whoever reaches a mark reads the next window, in folios two orders larger than the last one's.
/// </summary>
/// <param name="cache">Where pages go.</param>
/// <param name="window">The largest window, in pages: read_ahead_kb. With 0 nothing comes unasked.</param>
public sealed class Readahead(PageCache cache, int window)
{
    /// <summary>What Linux sets at first: 128 KiB.</summary>
    public const int LinuxWindow = 32;

    private const int LotsOfMisses = 100;

    private readonly ulong _window = (ulong)window;

    /// <summary>The most that a window may become: folios are not larger than this.</summary>
    private readonly int _maxOrder = BitOperations.Log2((uint)window);

    /// <summary>A fault found nothing: do_sync_mmap_readahead. In a mapping of a program's code it reads forwards, no further than the mapping.</summary>
    public void OnMiss(OpenFile file, Vma vma, ulong page, in CacheUser user)
    {
        bool isProgram = vma.Has(VmaFlags.Execute);
        if (_window == 0 || (vma.Has(VmaFlags.RandomRead) && !isProgram)) return;
        ReadaheadState state = file.Readahead;
        if (vma.Has(VmaFlags.SequentialRead))
        {
            Synchronous(file, page, _window, user);
            return;
        }
        if (state.MmapMisses < 10 * LotsOfMisses) state.MmapMisses++;
        if (state.MmapMisses > LotsOfMisses) return;
        if (isProgram) (state.Start, state.Size, state.AsyncSize) = (page, ulong.Min(_window, vma.OffsetOf(vma.End - 1) + 1 - page), 0);
        else (state.Start, state.Size, state.AsyncSize) = (page > _window / 2 ? page - _window / 2 : 0, _window, _window / 4);
        state.Order = 0;
        Read(file, state.Start, user);
    }

    /// <summary>A fault found a page, perhaps with a mark: do_async_mmap_readahead. True where it read on, for which it let its mapping go and so begins anew.</summary>
    public bool OnHit(OpenFile file, Vma vma, Folio folio, ulong page, in CacheUser user)
    {
        if (vma.Has(VmaFlags.RandomRead)) return false;
        if (file.Readahead.MmapMisses > 0) file.Readahead.MmapMisses--;
        if (!folio.IsReadaheadMark) return false;
        Asynchronous(file, folio, page, _window, user);
        return true;
    }

    /// <summary>
    /// A program reads pages [page, end) of a file by a call: the first step of that, filemap_get_pages. Returns the page up to which it may copy; the same page if it
    /// must wait for that first, or there is no frame for it.
    /// </summary>
    public ulong OnRead(OpenFile file, ulong page, ulong end, in CacheUser user)
    {
        if (file.Object.Cache.Find(page) is null) Synchronous(file, page, end - page, user);
        if (file.Object.Cache.Find(page) is { IsReadaheadMark: true } marked)
        {
            Asynchronous(file, marked, page, end - page, user);
            // What was read ahead may have taken the very page's frame.
            if (file.Object.Cache.Find(page) is null) Synchronous(file, page, end - page, user);
        }
        if (file.Object.Cache.Find(page) is not { MustBeWaitedFor: false } folio) return page;
        ulong reached = ulong.Min(folio.End, end);
        if (reached == end) file.Readahead.Previous = end - 1;
        return reached;
    }

    /// <summary>page_cache_sync_ra.</summary>
    private void Synchronous(OpenFile file, ulong page, ulong count, in CacheUser user)
    {
        if (_window == 0)
        {
            ReadSingly(file.Object, page, 1, 0, user);
            return;
        }
        ReadaheadState state = file.Readahead;
        if (page == 0 || count > _window || unchecked(page - state.Previous) <= 1)
        {
            (state.Start, state.Size) = (page, InitialSize(count));
            state.AsyncSize = state.Size > count ? state.Size - count : state.Size / 2;
        }
        else
        {
            ulong miss = file.Object.Cache.PreviousMiss(page - 1, _window), cached = unchecked(page - miss - 1);
            if (cached <= count)
            {
                ReadSingly(file.Object, page, count, 0, user);
                return;
            }
            if (miss == ulong.MaxValue) cached *= 2;
            (state.Start, state.Size, state.AsyncSize) = (page, ulong.Min(cached + count, _window), 1);
        }
        state.Order = 0;
        Read(file, state.Start, user);
    }

    /// <summary>page_cache_async_ra: the mark is used up, and the next window is read if it can be told where that begins.</summary>
    private void Asynchronous(OpenFile file, Folio marked, ulong page, ulong count, in CacheUser user)
    {
        marked.IsReadaheadMark = false;
        ReadaheadState state = file.Readahead;
        ulong expected = (state.Start + state.Size - state.AsyncSize) & ~(ulong)(marked.Pages - 1);
        if (page == expected)
        {
            state.Start += state.Size;
            state.Size = ulong.Max(state.Size, NextSize(state.Size));
        }
        else
        {
            ulong start = file.Object.Cache.NextMiss(page + 1, _window);
            if (start - page > _window) return;
            (state.Start, state.Size) = (start, NextSize(start - page + count));
        }
        state.Order += 2;
        ulong align = 1UL << Math.Min(state.Order, _maxOrder);
        ulong end = state.Start + state.Size, alignedEnd = end & ~(align - 1);
        if (alignedEnd > state.Start) state.Size -= end - alignedEnd;
        state.AsyncSize = state.Size;
        Read(file, state.Start, user);
    }

    /// <summary>page_cache_ra_order: the window in folios of its order, smaller ones where they must be aligned or the file ends; single pages once something is in the way.</summary>
    private void Read(OpenFile file, ulong start, in CacheUser user)
    {
        ReadaheadState state = file.Readahead;
        FileObject target = file.Object;
        ulong mark = start + state.Size - state.AsyncSize;
        if (target.Pages == 0) return;
        ulong last = ulong.Min(target.Pages - 1, start + state.Size - 1);
        state.Order = Math.Min(state.Order, Math.Min(_maxOrder, BitOperations.Log2(ulong.Max(1, state.Size))));
        ulong index = start;
        while (index <= last)
        {
            int order = state.Order;
            if ((index & ((1UL << order) - 1)) != 0) order = BitOperations.TrailingZeroCount(index);
            while (order > 0 && index + (1UL << order) - 1 > last) order--;
            if (!cache.TryAdd(target, index, order, index == (mark & ~((1UL << order) - 1)), user)) break;
            index += 1UL << order;
        }
        if (index <= last) ReadSingly(target, index, start + state.Size - index, state.AsyncSize, user);
        else cache.Submit(user.Payer);
    }

    /// <summary>do_page_cache_ra: what is not here of a range, page by page. The mark lies so far before the range's end, which is no later than the file's.</summary>
    private void ReadSingly(FileObject target, ulong start, ulong count, ulong afterMark, in CacheUser user)
    {
        ulong end = ulong.Min(start + count, target.Pages), mark = afterMark == 0 || start + afterMark > end ? ulong.MaxValue : end - afterMark;
        for (ulong page = start; page < end; page++)
        {
            if (!cache.TryAdd(target, page, 0, page == mark, user) && cache.IsCongested) break;
        }
        cache.Submit(user.Payer);
    }

    /// <summary>get_init_ra_size.</summary>
    private ulong InitialSize(ulong count)
    {
        ulong size = BitOperations.RoundUpToPowerOf2(ulong.Max(count, 1));
        return size <= _window / 32 ? size * 4 : size <= _window / 4 ? size * 2 : _window;
    }

    /// <summary>get_next_ra_size.</summary>
    private ulong NextSize(ulong size) => size < _window / 16 ? 4 * size : size <= _window / 2 ? 2 * size : _window;
}
