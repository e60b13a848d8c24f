using System;
using System.Runtime.CompilerServices;

namespace Sim.Core.Physical;

/// <summary>
/// Frames in a row: taken and put at the hot end, filled and drained at the cold one. A stack with room below it, since nearly all goes in and out at
/// the hot end.
/// </summary>
internal sealed class FrameDeque
{
    private int[] _frames = new int[16];
    private int _cold, _hot;

    public int Count => _hot - _cold;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int frame)
    {
        if (_hot == _frames.Length) MakeRoom();
        _frames[_hot++] = frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take() => _frames[--_hot];

    public void PutCold(int frame)
    {
        if (_cold == 0) MakeRoom();
        _frames[--_cold] = frame;
    }

    public int TakeCold() => _frames[_cold++];

    /// <summary>Moves the row to the middle, of a larger array when it fills three quarters of this one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom()
    {
        Span<int> row = _frames.AsSpan(_cold, Count);
        int[] frames = row.Length > _frames.Length / 4 * 3 ? new int[2 * _frames.Length] : _frames;
        int cold = (frames.Length - row.Length) / 2;
        row.CopyTo(frames.AsSpan(cold));
        (_frames, _cold, _hot) = (frames, cold, cold + row.Length);
    }
}
