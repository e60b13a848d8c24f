namespace Sim.Core.Hardware;

/// <summary>13 to 16 ways.</summary>
internal readonly struct FourVectors : IVectorCount
{
    public static int Vectors => 4;
}
