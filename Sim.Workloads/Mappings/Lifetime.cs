namespace Sim.Workloads.Mappings;

/// <summary>Which mapping goes when one goes.</summary>
public enum Lifetime
{
    /// <summary>Any, whatever its age: lifetimes are geometric.</summary>
    Memoryless,

    /// <summary>The younger the likelier: most die soon, the rest live long.</summary>
    Generational,

    /// <summary>The oldest.</summary>
    Oldest,
}
