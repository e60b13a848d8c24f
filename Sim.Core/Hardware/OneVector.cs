namespace Sim.Core.Hardware;

/// <summary>Up to 4 ways.</summary>
internal readonly struct OneVector : IVectorCount
{
    public static int Vectors => 1;
}
