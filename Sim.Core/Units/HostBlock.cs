using System;
using System.Runtime.InteropServices;

namespace Sim.Core.Units;

/// <summary>
/// A block outside the managed heap, zero at first, that costs host memory only once it is touched; freed when nothing refers to it any more. A large one begins at a huge
/// page of the host and is mapped for itself: the C library would sooner or later hand out memory that was in use before, which it must clear, and touches by that.
/// </summary>
internal sealed unsafe class HostBlock
{
    private const nuint CacheLine = 64;
    private readonly void* _allocation;
    private readonly nuint _reserved;
    private readonly bool _isMapped;

    public HostBlock(nuint bytes)
    {
        // The slack is for aligning the start.
        nuint alignment = bytes >= HostPages.Huge ? HostPages.Huge : CacheLine;
        _reserved = bytes + alignment;
        _isMapped = bytes >= HostPages.Huge && HostPages.TryMap(_reserved, out _allocation);
        if (!_isMapped) _allocation = NativeMemory.AllocZeroed(_reserved);
        Start = (void*)(((nuint)_allocation + alignment - 1) & ~(alignment - 1));
        if (_isMapped) HostPages.PreferHuge(Start, bytes & ~(HostPages.Huge - 1));
        Pressure = (long)Math.Min(_reserved, 1u << 30);
        GC.AddMemoryPressure(Pressure);
    }

    ~HostBlock()
    {
        if (_isMapped) HostPages.Unmap(_allocation, _reserved);
        else NativeMemory.Free(_allocation);
        GC.RemoveMemoryPressure(Pressure);
    }

    public void* Start { get; }

    private long Pressure { get; }
}
