namespace Sim.Workloads.Synthetic;

/// <summary>The order of references within a locality set.</summary>
public enum Micromodel
{
    /// <summary>One page after another, and again from the first: the worst order for LRU.</summary>
    Cyclic,

    /// <summary>Forth and back, each end page once.</summary>
    Sawtooth,

    /// <summary>Every page alike, independently.</summary>
    Random,

    /// <summary>Independent LRU stack distances with a power law; those beyond the set's size are the set's size.</summary>
    LruStack,
}
