namespace Sim.Policies.Fork;

/// <summary>Who runs first after a fork.</summary>
public enum FirstToRun
{
    /// <summary>The parent keeps its CPU.</summary>
    Parent,

    /// <summary>The child gets it.</summary>
    Child,
}
