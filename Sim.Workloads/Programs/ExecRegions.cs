namespace Sim.Workloads.Programs;

/// <summary>The names of the regions that a program begins with after exec.</summary>
public static class ExecRegions
{
    /// <summary>Its code, which cannot be stored to.</summary>
    public const string Code = "code";

    /// <summary>Its data.</summary>
    public const string Data = "data";

    /// <summary>Its data that begins as zeros.</summary>
    public const string Bss = "bss";
}
