using Sim.Core.AddressSpaces;

namespace Sim.Core.Faults;

/// <summary>Accesses that no mapping permits: bad_area and kernelmode_fixup_or_oops of arch/x86/mm/fault.c.</summary>
internal static class BadArea
{
    /// <summary>Whether a mapping permits an access. On x86-64 what can be stored to or executed can be loaded from.</summary>
    public static bool Permits(Protection protection, FaultErrorCode access) =>
        (access & FaultErrorCode.Write) != 0 ? (protection & Protection.Write) != 0
        : (access & FaultErrorCode.Instruction) != 0 ? (protection & Protection.Execute) != 0
        : protection != Protection.None;

    /// <summary>What comes of it: a signal for a program; for the kernel its fixup, if the instruction has one, as those that touch a call's arguments do.</summary>
    public static FaultOutcome Decide(FaultErrorCode access, bool hasFixup) =>
        (access & FaultErrorCode.User) != 0 ? FaultOutcome.BadArea : hasFixup ? FaultOutcome.Fixup : FaultOutcome.Oops;
}
