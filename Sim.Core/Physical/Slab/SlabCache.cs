using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Physical.Slab;

/// <summary>
/// A cache of the slab allocator of Linux 2.6: every CPU has an array of free objects, all share one more, and behind them stand lists of full,
/// partial and free slabs. Objects go between these by the batch. The first object of a slab is shifted by a colour.
/// <para>J. Bonwick, "The slab allocator: an object-caching kernel memory allocator", USENIX Summer 1994; J. Bonwick, J. Adams, "Magazines and
/// Vmem", USENIX 2001, for the arrays; mm/slab.c of Linux 2.6.32.</para>
/// <para>Deviation: reaping comes due every 2 s as cache_reap does, but is done when the cache is next used beyond its arrays.</para>
/// </summary>
public sealed class SlabCache : IObjectCache
{
    private static readonly SimTime ReapEvery = SimTime.FromSeconds(2);
    private readonly SlabFrames _slabs;
    private readonly SlabList _full = new(), _partial = new(), _free = new();
    private readonly ObjectArray[] _cpus;
    private readonly ObjectArray _shared;
    private readonly IObjectCache? _descriptors;
    private readonly Dictionary<int, KernelAddress> _descriptorOf = [];
    private readonly SlabDescriptor _layout;
    private readonly int _size;
    private readonly int _batch;
    private readonly long _freeLimit;
    private readonly int _colours;
    private long _freeObjects;
    private int _nextColour;
    private bool _freeTouched;
    private SimTime _nextReap = ReapEvery;

    /// <summary>An empty cache.</summary>
    /// <param name="spec">What for.</param>
    /// <param name="caches">Pages, CPUs, and the general caches that descriptors lie in.</param>
    /// <param name="hasColours">Whether slabs are coloured.</param>
    public SlabCache(CacheSpec spec, CacheTable caches, bool hasColours = true)
    {
        Spec = spec;
        _size = spec.Size;
        _layout = SlabDescriptor.Of(spec);
        _colours = hasColours ? _layout.Colours : 1;
        _slabs = new SlabFrames(spec, caches.Pages);
        if (_layout.IsOffSlab) _descriptors = caches.Kmalloc(_layout.DescriptorBytes);
        int limit = _size > 131_072 ? 1 : _size > ByteSize.PageBytes ? 8 : _size > 1024 ? 24 : _size > 256 ? 54 : 120;
        _batch = (limit + 1) / 2;
        _shared = new ObjectArray(caches.Cpus > 1 && _size <= ByteSize.PageBytes ? 8 * _batch : 0);
        _cpus = [.. Enumerable.Range(0, caches.Cpus).Select(_ => new ObjectArray(limit))];
        _freeLimit = (long)(1 + caches.Cpus) * _batch + _layout.Shape.Objects;
    }

    /// <inheritdoc/>
    public CacheSpec Spec { get; }

    /// <inheritdoc/>
    public SlabShape Shape => _layout.Shape;

    /// <inheritdoc/>
    public long ActiveObjects { get; private set; }

    /// <inheritdoc/>
    public long Objects => _slabs.Objects;

    /// <inheritdoc/>
    public long Slabs => _slabs.Count;

    /// <inheritdoc/>
    public long Frames => _slabs.Frames;

    /// <inheritdoc/>
    public bool TryAllocate(ICharge payer, out KernelAddress address)
    {
        payer.Charge(Cost.ObjectAllocate);
        ObjectArray array = _cpus[payer.Cpu];
        array.IsTouched = true;
        if (array.Count == 0 && !Refill(array, payer))
        {
            address = default;
            return false;
        }
        address = array.Take();
        ActiveObjects++;
        return true;
    }

    /// <inheritdoc/>
    public void Free(KernelAddress address, ICharge payer)
    {
        payer.Charge(Cost.ObjectFree);
        // Found now, so that a bad address is refused where it is freed and not when the array is emptied.
        ObjectSlab slab = _slabs.Find(address, Shape.Order);
        _slabs.IndexOf(slab, address);
        ObjectArray array = _cpus[payer.Cpu];
        if (array.Count == array.Limit) Flush(array, payer);
        array.IsTouched = true;
        array.Put(address);
        ActiveObjects--;
    }

    /// <inheritdoc/>
    public long Shrink(ICharge payer)
    {
        long before = Frames;
        foreach (ObjectArray array in _cpus) Return(array, array.Count, payer);
        Return(_shared, _shared.Count, payer);
        while (_free.First is { } slab) Discard(slab, payer);
        payer.Charge(Cost.SlabList);
        return before - Frames;
    }

    /// <inheritdoc/>
    public void CheckInvariants()
    {
        long taken = 0, free = 0;
        foreach (ObjectSlab slab in _slabs.All())
        {
            SlabList due = slab.Free == 0 ? _full : slab.Free == slab.Objects ? _free : _partial;
            if (!ReferenceEquals(slab.List, due)) throw new InvalidOperationException($"{Spec.Name}: the slab at frame {slab.Head} with {slab.Free} free objects is on the wrong list");
            taken += slab.Objects - slab.Free;
            free += slab.Free;
        }
        long inArrays = _shared.Count + _cpus.Sum(array => array.Count);
        if (taken != ActiveObjects + inArrays || free != _freeObjects)
            throw new InvalidOperationException($"{Spec.Name}: {taken} objects are out of their slabs, {ActiveObjects} in use and {inArrays} in arrays; {free} are in, {_freeObjects} counted");
    }

    /// <summary>cache_alloc_refill.</summary>
    private bool Refill(ObjectArray array, ICharge payer)
    {
        payer.Charge(Cost.SlabList);
        ReapIfDue(payer);
        if (_shared.Count > 0)
        {
            _shared.IsTouched = true;
            for (int n = Math.Min(_batch, _shared.Count); n > 0; n--) array.Put(_shared.Take());
            return true;
        }
        for (int left = _batch; left > 0;)
        {
            ObjectSlab? slab = _partial.First;
            if (slab is null)
            {
                slab = _free.First;
                _freeTouched = true;
            }
            if (slab is null)
            {
                if (array.Count > 0 || (slab = Grow(payer)) is null) break;
                _free.PutFirst(slab);
                _freeObjects += slab.Objects;
            }
            slab.List!.Remove(slab);
            for (; left > 0 && slab.Free > 0; left--)
            {
                array.Put(_slabs.AddressOf(slab, slab.Take()));
                _freeObjects--;
            }
            (slab.Free == 0 ? _full : _partial).PutFirst(slab);
        }
        return array.Count > 0;
    }

    /// <summary>cache_flusharray: the coldest batch goes to the shared array, or into its slabs when that is full.</summary>
    private void Flush(ObjectArray array, ICharge payer)
    {
        payer.Charge(Cost.SlabList);
        ReapIfDue(payer);
        int room = Math.Min(_batch, _shared.Limit - _shared.Count);
        if (room > 0)
        {
            foreach (KernelAddress address in array.Coldest(room)) _shared.Put(address);
            array.DropColdest(room);
        }
        else Return(array, _batch, payer);
    }

    /// <summary>free_block: the coldest objects of an array go back into their slabs.</summary>
    private void Return(ObjectArray array, int count, ICharge payer)
    {
        foreach (KernelAddress address in array.Coldest(count))
        {
            ObjectSlab slab = _slabs.Find(address, Shape.Order);
            slab.List!.Remove(slab);
            slab.Put(_slabs.IndexOf(slab, address));
            _freeObjects++;
            if (slab.Free < slab.Objects)
            {
                _partial.PutLast(slab);
                continue;
            }
            _free.PutFirst(slab);
            if (_freeObjects > _freeLimit) Discard(slab, payer);
        }
        array.DropColdest(count);
    }

    private ObjectSlab? Grow(ICharge payer)
    {
        payer.Charge(Cost.SlabGrow);
        KernelAddress descriptor = default;
        if (_descriptors is not null && !_descriptors.TryAllocate(payer, out descriptor)) return null;
        int colour = _nextColour * _layout.ColourBytes + (_layout.IsOffSlab ? 0 : _layout.DescriptorBytes);
        if (_slabs.TryMake(Shape, payer, Spec.Flags, colour) is not { } slab)
        {
            _descriptors?.Free(descriptor, payer);
            return null;
        }
        _nextColour = (_nextColour + 1) % _colours;
        if (_descriptors is not null) _descriptorOf[slab.Head] = descriptor;
        if (Spec.HasConstructor) payer.Charge(Cost.ObjectConstruct, slab.Objects);
        return slab;
    }

    /// <summary>slab_destroy.</summary>
    private void Discard(ObjectSlab slab, ICharge payer)
    {
        _free.Remove(slab);
        _freeObjects -= slab.Objects;
        if (_descriptors is not null && _descriptorOf.Remove(slab.Head, out KernelAddress descriptor)) _descriptors.Free(descriptor, payer);
        _slabs.Discard(slab, payer);
    }

    /// <summary>cache_reap: a fifth of what lay idle in each array since the last time, and of the free slabs.</summary>
    private void ReapIfDue(ICharge payer)
    {
        if (payer.Now < _nextReap) return;
        _nextReap = payer.Now + ReapEvery;
        foreach (ObjectArray array in _cpus) ReapArray(array, payer);
        ReapArray(_shared, payer);
        int perSlab = 5 * Shape.Objects;
        long slabs = _freeTouched ? 0 : (_freeLimit + perSlab - 1) / perSlab;
        _freeTouched = false;
        while (slabs-- > 0 && _free.Last is { } slab) Discard(slab, payer);
    }

    private void ReapArray(ObjectArray array, ICharge payer)
    {
        if (array.Count > 0 && !array.IsTouched)
        {
            int due = (array.Limit + 4) / 5;
            Return(array, due > array.Count ? (array.Count + 1) / 2 : due, payer);
        }
        array.IsTouched = false;
    }

    /// <summary>Free objects, the one freed last on top.</summary>
    private sealed class ObjectArray(int limit)
    {
        private readonly KernelAddress[] _objects = new KernelAddress[limit];

        public int Limit => _objects.Length;
        public int Count { get; private set; }
        public bool IsTouched { get; set; }

        public KernelAddress Take() => _objects[--Count];

        public void Put(KernelAddress address) => _objects[Count++] = address;

        public ReadOnlySpan<KernelAddress> Coldest(int count) => _objects.AsSpan(0, count);

        public void DropColdest(int count)
        {
            _objects.AsSpan(count, Count - count).CopyTo(_objects);
            Count -= count;
        }
    }
}
