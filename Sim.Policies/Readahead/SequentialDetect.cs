using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Reclaim;
using Sim.Policies.Structures;

namespace Sim.Policies.Readahead;

/// <summary>
/// Files are read around faults, and on in windows that double for who reads them in sequence; pages of swap come one by one. What Linux does with vm.page-cluster 0.
/// <para>F. Wu, H. Xi, C. Xu, "On the design of a new Linux readahead framework", ACM SIGOPS Operating Systems Review 42(5), 2008.</para>
/// </summary>
[Paper("Files are read around faults, and on in windows that double for sequences; pages of swap come one by one.",
    "F. Wu, H. Xi, C. Xu, On the design of a new Linux readahead framework, ACM SIGOPS Operating Systems Review 42(5), 2008")]
public sealed class SequentialDetect : IPolicy<SequentialDetect, ReadaheadOptions>, IReadahead
{
    private SequentialDetect(ReadaheadOptions options) => FileWindow = options.FileWindow;

    public static string Name => "readahead/sequential-detect";

    public int FileWindow { get; }

    public bool ReadsSwap => false;

    public static SequentialDetect Create(ReadaheadOptions options, PolicyContext context) => new(options);

    public SwapWindow OnSwapFault(int addressSpace, Vma vma, ulong page, int slot) => default;

    public void OnSwapHit(int addressSpace, Vma vma, ulong page)
    {
    }
}
