namespace Sim.Core.Hardware;

/// <summary>21 to 24 ways.</summary>
internal readonly struct SixVectors : IVectorCount
{
    public static int Vectors => 6;
}
