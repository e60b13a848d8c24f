using System;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>
/// Several circular doubly linked lists over one array of links indexed by frame; a frame is on at most one. List k has its
/// sentinel at index frames + k, so that no operation has a special case.
/// <code>
///   sentinel -> newest -> ... -> oldest -> sentinel        Next runs from newest to oldest
/// </code>
/// </summary>
public readonly struct FrameLists
{
    private readonly FrameArray<Link> _links;
    private readonly int _frames;

    /// <summary>Empty lists over <paramref name="frames"/> frames.</summary>
    public FrameLists(int frames, int lists)
    {
        _frames = frames;
        _links = new FrameArray<Link>((long)frames + lists);
        for (int list = 0; list < lists; list++) _links[frames + list] = new Link { Previous = frames + list, Next = frames + list };
    }

    /// <summary>The index that stands for the ends of a list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Sentinel(int list) => _frames + list;

    /// <summary>The oldest frame of a list, or its sentinel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Oldest(int list) => _links[_frames + list].Previous;

    /// <summary>The frame after <paramref name="index"/>, towards the older end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Older(int index) => _links[index].Next;

    /// <summary>The frame before <paramref name="index"/>, towards the newer end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Newer(int index) => _links[index].Previous;

    /// <summary>Puts a frame that is on no list at the newest end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PushNewest(int list, int frame)
    {
        int sentinel = _frames + list;
        int newest = _links[sentinel].Next;
        _links[frame] = new Link { Previous = sentinel, Next = newest };
        _links[newest].Previous = frame;
        _links[sentinel].Next = frame;
    }

    /// <summary>Puts a frame that is on no list just on the newer side of <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void InsertNewerThan(int index, int frame)
    {
        int newer = _links[index].Previous;
        _links[frame] = new Link { Previous = newer, Next = index };
        _links[newer].Next = frame;
        _links[index].Previous = frame;
    }

    /// <summary>Takes a frame off its list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int frame)
    {
        Link link = _links[frame];
        _links[link.Previous].Next = link.Next;
        _links[link.Next].Previous = link.Previous;
    }

    /// <summary>Puts an index that is on no list in the place of one that is, which then is on none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Replace(int index, int replacement)
    {
        Link link = _links[index];
        _links[replacement] = link;
        _links[link.Previous].Next = replacement;
        _links[link.Next].Previous = replacement;
    }

    /// <summary>Moves a frame, from whichever list, to the newest end of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveToNewest(int list, int frame)
    {
        if (_links[_frames + list].Next == frame) return;
        Remove(frame);
        PushNewest(list, frame);
    }

    /// <summary>
    /// Fills <paramref name="victims"/> with the oldest frames of a list but for the <paramref name="skipped"/> oldest of all, oldest first, and returns
    /// how many there were.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CopyOldest(int list, scoped Span<FrameNumber> victims, int skipped = 0)
    {
        int count = 0;
        int sentinel = _frames + list;
        int frame = _links[sentinel].Previous;
        for (; skipped > 0 && frame != sentinel; skipped--) frame = _links[frame].Previous;
        for (; count < victims.Length && frame != sentinel; frame = _links[frame].Previous)
            victims[count++] = new FrameNumber(frame);
        return count;
    }

    /// <summary>Walks a list, checks every link both ways and returns the number of frames on it.</summary>
    public int CheckedCount(int list)
    {
        int sentinel = _frames + list;
        int count = 0;
        for (int index = sentinel; ; count++)
        {
            int next = _links[index].Next;
            if (_links[next].Previous != index)
                throw new InvalidOperationException($"list {list}: {index} points on to {next}, which points back to {_links[next].Previous}");
            if (count > _frames) throw new InvalidOperationException($"list {list} never comes back to its sentinel");
            if (next == sentinel) return count;
            index = next;
        }
    }

    private struct Link
    {
        public int Previous;
        public int Next;
    }
}
