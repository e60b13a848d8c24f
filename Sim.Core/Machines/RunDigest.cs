using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// 64 bits that stand for everything that happened in a run: every event and every entry into the kernel is folded in, in the order in which
/// it took effect. The same seed gives the same digest, serial or parallel, Debug or Release.
/// </summary>
internal struct RunDigest
{
    private ulong _state;

    public readonly ulong Value => _state;

    public void Fold(SimTime time, int kind, long argument)
    {
        Mix((ulong)time.Picoseconds);
        Mix((ulong)kind << 56 ^ (ulong)argument);
    }

    private void Mix(ulong word)
    {
        _state = (_state ^ word) * 0x9E3779B97F4A7C15UL;
        _state ^= _state >> 29;
    }
}
