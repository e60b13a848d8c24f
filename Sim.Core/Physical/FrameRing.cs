using System;
using System.Runtime.CompilerServices;

namespace Sim.Core.Physical;

/// <summary>Frames in a row: taken and put at the hot end, refilled and drained at the cold one.</summary>
internal sealed class FrameRing
{
    private int[] _frames = new int[16];
    private int _hot;

    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int frame)
    {
        if (Count == _frames.Length) Grow();
        int hot = _hot = _hot - 1 & _frames.Length - 1;
        _frames[hot] = frame;
        Count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take()
    {
        int hot = _hot;
        int[] frames = _frames;
        _hot = hot + 1 & frames.Length - 1;
        Count--;
        return frames[hot];
    }

    public void PutCold(int frame)
    {
        if (Count == _frames.Length) Grow();
        _frames[_hot + Count++ & _frames.Length - 1] = frame;
    }

    public int TakeCold() => _frames[_hot + --Count & _frames.Length - 1];

    private void Grow()
    {
        var larger = new int[2 * _frames.Length];
        for (int i = 0; i < Count; i++) larger[i] = _frames[_hot + i & _frames.Length - 1];
        (_frames, _hot) = (larger, 0);
    }
}
