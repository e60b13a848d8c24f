namespace Sim.Core.Hardware;

/// <summary>9 to 12 ways.</summary>
internal readonly struct ThreeVectors : IVectorCount
{
    public static int Vectors => 3;
}
