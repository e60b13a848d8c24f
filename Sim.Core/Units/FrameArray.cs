using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sim.Core.Units;

/// <summary>
/// A fixed array outside the managed heap, zero at first, whose pages cost host memory only once they are touched.
/// State that is indexed by frame or by page lives in these: a 1 TiB machine starts at once and pays for what it uses.
/// Reading or writing outside of the array is checked in Debug builds only.
/// </summary>
public readonly unsafe struct FrameArray<T> where T : unmanaged
{
    private readonly T* _first;
    private readonly HostBlock _block;

    /// <summary>Reserves <paramref name="length"/> zeroed elements.</summary>
    public FrameArray(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _block = new HostBlock(checked((nuint)length * (nuint)sizeof(T)));
        _first = (T*)_block.Start;
    }

    /// <summary>Elements in the array.</summary>
    public long Length { get; }

    /// <summary>The element at <paramref name="index"/>.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((ulong)index < (ulong)Length, "index outside of the array");
            return ref _first[index];
        }
    }

    /// <summary>The element at <paramref name="index"/>.</summary>
    public ref T this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((ulong)index < (ulong)Length, "index outside of the array");
            return ref _first[index];
        }
    }

    /// <summary>A longer array that begins with these elements; this one is not to be used any more.</summary>
    public FrameArray<T> Grown(long length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        var grown = new FrameArray<T>(length);
        Buffer.MemoryCopy(_first, grown._first, length * sizeof(T), Length * sizeof(T));
        GC.KeepAlive(_block);
        return grown;
    }

    /// <summary>Fetches an element into the cache ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(long index)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_first + index);
    }

    /// <summary>
    /// Ends the use of an array that only a local variable holds. Without it the compiler may keep no more of the variable than the address, and a collection
    /// that another thread sets off frees the memory while it is still in use.
    /// </summary>
    public void KeepAlive() => GC.KeepAlive(_block);

    /// <summary>The first element's address, for loops that prefetch. The caller keeps this value alive meanwhile.</summary>
    public T* Pointer => _first;
}
