namespace Sim.Workloads.Programs;

/// <summary>How the sizes of a stream of allocations are drawn.</summary>
public enum SizeDistribution
{
    /// <summary>Every size equally likely.</summary>
    Uniform,

    /// <summary>Every octave equally likely.</summary>
    LogUniform,
}
