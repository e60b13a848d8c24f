using Sim.Core.AddressSpaces;

namespace Sim.Workloads.Mappings;

/// <summary>
/// One call of a mapping model. Regions have numbers that the model gives; where they lie the kernel decides, and the model never knows, so that it makes the
/// same calls under every policy.
/// </summary>
/// <param name="Kind">What.</param>
/// <param name="Region">The region.</param>
/// <param name="Offset">The first page within the region.</param>
/// <param name="Pages">Length; of <see cref="MappingCallKind.Break"/> the change; of <see cref="MappingCallKind.Resize"/> the old length.</param>
/// <param name="Protection">The access.</param>
/// <param name="NewPages">Of <see cref="MappingCallKind.Resize"/>: the new length.</param>
/// <param name="File">The file's number, from 1; 0 is anonymous memory.</param>
/// <param name="FileOffset">The page of the file.</param>
/// <param name="Near">Of <see cref="MappingCallKind.Map"/>: the region whose start plus <paramref name="Offset"/> is the hint where to; 0 leaves it to the kernel.</param>
public readonly record struct MappingCall(MappingCallKind Kind, int Region, long Offset = 0, long Pages = 0, Protection Protection = Protection.None,
    long NewPages = 0, int File = 0, long FileOffset = 0, int Near = 0)
{
    /// <summary>The region whose end brk moves.</summary>
    public const int Heap = -1;
}
