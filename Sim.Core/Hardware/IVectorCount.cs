namespace Sim.Core.Hardware;

/// <summary>How many vectors of four ways a set takes up, as a type, so that the compiler unrolls what goes over them; at most six.</summary>
internal interface IVectorCount
{
    static abstract int Vectors { get; }
}
