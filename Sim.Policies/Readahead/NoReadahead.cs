using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Reclaim;

namespace Sim.Policies.Readahead;

/// <summary>
/// Pages come one by one, from files and from swap: what the others are measured against.
/// <para>P. J. Denning, "Virtual memory", ACM Computing Surveys 2(3), 1970: demand paging.</para>
/// </summary>
[Paper("Pages come one by one, from files and from swap.", "P. J. Denning, Virtual memory, ACM Computing Surveys 2(3), 1970")]
public sealed class NoReadahead : IPolicy<NoReadahead, NoOptions>, IReadahead
{
    private NoReadahead()
    {
    }

    public static string Name => "readahead/none";

    public int FileWindow => 0;

    public bool ReadsSwap => false;

    public static NoReadahead Create(NoOptions options, PolicyContext context) => new();

    public SwapWindow OnSwapFault(int addressSpace, Vma vma, ulong page, int slot) => default;

    public void OnSwapHit(int addressSpace, Vma vma, ulong page)
    {
    }
}
