namespace Sim.Core.Hardware;

/// <summary>5 to 8 ways.</summary>
internal readonly struct TwoVectors : IVectorCount
{
    public static int Vectors => 2;
}
