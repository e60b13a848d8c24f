using System;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>
/// Frames by a key that only ever rises while a frame is held: a count of uses, the time of the k-th last one. A binary heap with the
/// lowest key on top, in which a rise is only noted down; the heap catches up when that frame comes to the top. So a hit costs one
/// store, and the sifting that it saved is paid at most once, by the next eviction that meets the frame.
/// <code>
///   | queue, lowest key first |     | heap by (major, minor)         | set aside |
/// </code>
/// Frames that come in the order of their keys, as new pages do, wait in a queue. Most are evicted out of it; in the heap each would sink to the
/// bottom first (lfu 18.6 -> 4.2 ns a reference). Those that rose meanwhile move to the heap. Frames set aside are held but never on top, until
/// they are readmitted.
/// </summary>
public struct RisingHeap
{
    private const int InQueue = -1;
    private readonly FrameLists _queue;
    private readonly FrameArray<Entry> _entries;
    private readonly FrameArray<Key> _keys;
    private readonly FrameArray<int> _placeOf;
    private int _queued;
    private int _count;
    private int _held;

    /// <summary>An empty heap over <paramref name="frames"/> frames.</summary>
    public RisingHeap(int frames)
    {
        _queue = new FrameLists(frames, 1);
        _entries = new FrameArray<Entry>(frames);
        _keys = new FrameArray<Key>(frames);
        _placeOf = new FrameArray<int>(frames);
    }

    /// <summary>Frames held, those set aside among them.</summary>
    public readonly int Held => _queued + _held;

    /// <summary>Frames that may come to the top.</summary>
    public readonly int Count => _queued + _count;

    /// <summary>Adds a frame that is not held.</summary>
    public void Insert(int frame, long major, long minor)
    {
        _keys[frame] = new Key(major, minor, hasRisen: false);
        EnterHeap(frame);
    }

    /// <summary>Adds a frame that is not held, with a key not below that of any that was added in this way before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(int frame, long major, long minor)
    {
        _keys[frame] = new Key(major, minor, hasRisen: false);
        _placeOf[frame] = InQueue;
        _queue.PushNewest(0, frame);
        _queued++;
    }

    /// <summary>The key of a frame that is held has risen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Raise(int frame, long major, long minor) => _keys[frame] = new Key(major, minor, hasRisen: true);

    /// <summary>The first part of a held frame's key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long MajorOf(int frame) => _keys[frame].Major;

    /// <summary>The frame with the lowest key, or -1 when there is none that is not set aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Lowest()
    {
        int oldest = _queue.Oldest(0);
        for (; _queued > 0 && _keys[oldest].HasRisen; oldest = _queue.Oldest(0)) MoveToHeap(oldest);
        if (_count == 0) return _queued > 0 ? oldest : -1;
        if (_queued > 0 && _keys[oldest].IsBelow(_entries[0].Key)) return oldest;
        int top = LowestOfHeap();
        return _queued > 0 && _keys[oldest].IsBelow(_keys[top]) ? oldest : top;
    }

    /// <summary>Gives up a frame that is held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int frame)
    {
        if (_placeOf[frame] != InQueue)
        {
            RemoveFromHeap(frame);
            return;
        }
        _queue.Remove(frame);
        _queued--;
    }

    /// <summary>Keeps a held frame from the top until <see cref="Readmit"/>.</summary>
    public void SetAside(int frame)
    {
        if (_placeOf[frame] == InQueue) MoveToHeap(frame);
        int place = _placeOf[frame];
        if (place >= _count) return;
        Entry entry = _entries[place];
        TakeFromHeap(place);
        Put(_count, entry);
    }

    /// <summary>All frames set aside may come to the top again.</summary>
    public void Readmit()
    {
        while (_count < _held)
        {
            Entry entry = _entries[_count];
            SiftUp(_count++, entry);
        }
    }

    /// <summary>Checks the order of the heap and every frame's place.</summary>
    public readonly void CheckInvariants()
    {
        Books.Balance("frames in the queue", _queue.CheckedCount(0), _queued);
        var highest = new Key(long.MinValue, 0, hasRisen: false);
        for (int frame = _queue.Oldest(0); frame != _queue.Sentinel(0); frame = _queue.Newer(frame))
        {
            Books.Balance($"place of frame {frame}", _placeOf[frame], InQueue);
            if (_keys[frame].HasRisen) continue;
            if (_keys[frame].IsBelow(highest)) throw new InvalidOperationException($"frame {frame} waits behind a higher key");
            highest = _keys[frame];
        }
        for (int place = 0; place < _held; place++)
        {
            Entry entry = _entries[place];
            Books.Balance($"place of frame {entry.Frame}", _placeOf[entry.Frame], place);
            if (_keys[entry.Frame].IsBelow(entry.Key)) throw new InvalidOperationException($"the key of frame {entry.Frame} fell");
            if (place > 0 && place < _count && entry.Key.IsBelow(_entries[(place - 1) / 2].Key))
                throw new InvalidOperationException($"frame {entry.Frame} is above its parent's key");
        }
    }

    private void MoveToHeap(int frame)
    {
        _queue.Remove(frame);
        _queued--;
        EnterHeap(frame);
    }

    private void EnterHeap(int frame)
    {
        if (_count < _held) Put(_held, _entries[_count]);
        _held++;
        SiftUp(_count++, new Entry { Key = _keys[frame], Frame = frame });
    }

    private readonly int LowestOfHeap()
    {
        while (true)
        {
            Entry top = _entries[0];
            Key key = _keys[top.Frame];
            if (!top.Key.IsBelow(key)) return top.Frame;
            SiftDown(0, new Entry { Key = key, Frame = top.Frame });
        }
    }

    private void RemoveFromHeap(int frame)
    {
        int hole = _placeOf[frame];
        if (hole < _count)
        {
            TakeFromHeap(hole);
            hole = _count;
        }
        _held--;
        if (hole < _held) Put(hole, _entries[_held]);
    }

    /// <summary>Leaves one place less in the heap; what stood at the end of it fills the hole.</summary>
    private void TakeFromHeap(int hole)
    {
        Entry last = _entries[--_count];
        if (hole == _count) return;
        if (last.Key.IsBelow(_entries[hole].Key)) SiftUp(hole, last);
        else SiftDown(hole, last);
    }

    private readonly void SiftUp(int place, Entry entry)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (!entry.Key.IsBelow(_entries[parent].Key)) break;
            Put(place, _entries[parent]);
            place = parent;
        }
        Put(place, entry);
    }

    private readonly void SiftDown(int place, Entry entry)
    {
        for (int child = 2 * place + 1; child < _count; child = 2 * place + 1)
        {
            if (child + 1 < _count && _entries[child + 1].Key.IsBelow(_entries[child].Key)) child++;
            if (!_entries[child].Key.IsBelow(entry.Key)) break;
            Put(place, _entries[child]);
            place = child;
        }
        Put(place, entry);
    }

    private readonly void Put(int place, Entry entry)
    {
        _entries[place] = entry;
        _placeOf[entry.Frame] = place;
    }

    /// <summary>The lowest bit tells whether the frame's key is another than it was added with.</summary>
    private readonly struct Key(long major, long minor, bool hasRisen)
    {
        private readonly long _minor = (minor << 1) + (hasRisen ? 1 : 0);

        public long Major { get; } = major;

        public bool HasRisen => (_minor & 1) != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBelow(Key other) => Major < other.Major || (Major == other.Major && _minor < other._minor);
    }

    private struct Entry
    {
        public Key Key;
        public int Frame;
    }
}
