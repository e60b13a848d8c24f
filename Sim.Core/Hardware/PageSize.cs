namespace Sim.Core.Hardware;

/// <summary>The page sizes of x86-64. The number is log2 of the base pages in one, divided by nine.</summary>
public enum PageSize
{
    /// <summary>4 KiB.</summary>
    Base,

    /// <summary>2 MiB.</summary>
    Huge,

    /// <summary>1 GiB.</summary>
    Giant,
}
