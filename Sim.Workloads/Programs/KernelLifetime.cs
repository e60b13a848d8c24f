namespace Sim.Workloads.Programs;

/// <summary>Which allocation of a stream goes when one has to.</summary>
public enum KernelLifetime
{
    /// <summary>Any, equally likely: lifetimes without memory.</summary>
    Random,

    /// <summary>The oldest: all live equally long.</summary>
    Fifo,

    /// <summary>The youngest.</summary>
    Lifo,
}
