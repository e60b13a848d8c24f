using System;
using System.Runtime.CompilerServices;
using Sim.Core.Engine;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>
/// The resident frames of a domain packed in an array, each with what a policy knows of it, so that drawing one at random is one index.
/// The last one fills the hole that a leaving frame makes. Frames set aside stand at the end, where no draw finds them.
/// <code>
///   | candidates            | set aside |
///   0                    Count       Held
/// </code>
/// </summary>
public struct ResidentSet<TTag>
    where TTag : unmanaged
{
    private readonly FrameArray<Entry> _entries;
    private readonly FrameArray<int> _placeOf;
    private readonly int[] _drawn;

    /// <summary>An empty set over <paramref name="frames"/> frames, of which <paramref name="sample"/> are drawn at a time.</summary>
    public ResidentSet(int frames, int sample)
    {
        _drawn = new int[sample];
        _entries = new FrameArray<Entry>(frames);
        _placeOf = new FrameArray<int>(frames);
    }

    /// <summary>Frames that a draw may find: places [0, Count).</summary>
    public int Count { get; private set; }

    /// <summary>Frames in the set, those set aside among them.</summary>
    public int Held { get; private set; }

    /// <summary>
    /// The places of a sample of the candidates, with repetition; of all where a sample would have no fewer. What is known of them is fetched meanwhile, so
    /// that the comparisons, which go one way or the other as chance has it, need not wait for memory (hyperbolic 55 -> 51, lhd 57 -> 50 ns a reference).
    /// </summary>
    public readonly ReadOnlySpan<int> Draw(ref RandomStream random)
    {
        int[] drawn = _drawn;
        bool all = Count <= drawn.Length;
        Span<int> places = drawn.AsSpan(0, Math.Min(Count, drawn.Length));
        RandomStream stream = random;
        for (int i = 0; i < places.Length; i++)
        {
            int place = all ? i : (int)stream.Below((ulong)Count);
            _entries.Prefetch(place);
            places[i] = place;
        }
        random = stream;
        return places;
    }

    /// <summary>The frame at a place below <see cref="Count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int FrameAt(int place) => _entries[place].Frame;

    /// <summary>What is known of the frame at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref TTag TagAt(int place) => ref _entries[place].Tag;

    /// <summary>What is known of a frame of the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref TTag TagOf(int frame) => ref _entries[_placeOf[frame]].Tag;

    /// <summary>Whether a draw may find <paramref name="frame"/>.</summary>
    public readonly bool IsCandidate(int frame)
    {
        int place = _placeOf[frame];
        return place < Count && _entries[place].Frame == frame;
    }

    /// <summary>Adds a frame that is not in the set.</summary>
    public void Add(int frame, TTag tag)
    {
        if (Count < Held) Put(Held, _entries[Count]);
        Put(Count, new Entry { Frame = frame, Tag = tag });
        Count++;
        Held++;
    }

    /// <summary>Takes a frame out of the set.</summary>
    public void Remove(int frame)
    {
        int hole = _placeOf[frame];
        if (hole < Count)
        {
            Count--;
            Put(hole, _entries[Count]);
            hole = Count;
        }
        Held--;
        if (hole < Held) Put(hole, _entries[Held]);
    }

    /// <summary>Keeps a frame from being drawn until <see cref="Readmit"/>.</summary>
    public void SetAside(int frame)
    {
        int place = _placeOf[frame];
        if (place >= Count) return;
        Count--;
        Entry entry = _entries[place];
        Put(place, _entries[Count]);
        Put(Count, entry);
    }

    /// <summary>All frames may be drawn again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Readmit() => Count = Held;

    /// <summary>Checks every frame's place.</summary>
    public readonly void CheckInvariants()
    {
        Books.AtMost("candidates", Count, Held);
        for (int place = 0; place < Held; place++) Books.Balance($"place of frame {_entries[place].Frame}", _placeOf[_entries[place].Frame], place);
    }

    private readonly void Put(int place, Entry entry)
    {
        _entries[place] = entry;
        _placeOf[entry.Frame] = place;
    }

    private struct Entry
    {
        public TTag Tag;
        public int Frame;
    }
}
