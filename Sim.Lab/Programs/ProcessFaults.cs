using System.Collections.Generic;

namespace Sim.Lab.Programs;

/// <summary>What became of one recorded process.</summary>
/// <param name="Pid">Its number when it was recorded.</param>
/// <param name="References">Loads and stores, as the recording totals them; of a process that did not end, those that were read.</param>
/// <param name="MinorFaults">ru_minflt: its own.</param>
/// <param name="MajorFaults">ru_majflt: its own.</param>
/// <param name="Faults">Minor faults by <see cref="FaultRegion"/>.</param>
/// <param name="Phases">Minor faults between one getrusage and the next.</param>
/// <param name="OutsideMappings">Accesses to what is not mapped, or not for them; 0 of a replay that agrees with its recording.</param>
/// <param name="Mappings">Mappings as it exits.</param>
/// <param name="PeakResident">Most KiB ever in memory: ru_maxrss.</param>
/// <param name="PageTables">KiB of page tables as it exits: VmPTE.</param>
public sealed record ProcessFaults(
    long Pid, long References, long MinorFaults, long MajorFaults, IReadOnlyList<long> Faults, IReadOnlyList<long> Phases, long OutsideMappings, int Mappings,
    long PeakResident, long PageTables);
