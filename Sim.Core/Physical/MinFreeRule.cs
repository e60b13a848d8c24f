namespace Sim.Core.Physical;

/// <summary>How the frames that the kernel keeps back come about.</summary>
public enum MinFreeRule
{
    /// <summary>The square root of sixteen times memory in KiB: a kernel without transparent huge pages.</summary>
    SquareRoot,

    /// <summary>As khugepaged raises it.</summary>
    Khugepaged,

    /// <summary>As vm.min_free_kbytes says.</summary>
    Given,
}
