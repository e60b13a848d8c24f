using Sim.Core.Contracts;

namespace Sim.Policies.Paging;

/// <summary>
/// All pages of a mapping get their frames when it is made, and those of the heap when it grows, as with MAP_POPULATE; whoever maps waits for it and pays.
/// Later faults are those of pages that have been evicted.
/// <para>As systems before paging loaded a program whole; what deferring it saves is told by P. J. Denning, "Virtual memory", ACM Computing Surveys 2(3), 1970.</para>
/// </summary>
[Paper("All pages of a mapping get their frames when it is made.", "P. J. Denning, Virtual memory, ACM Computing Surveys 2(3), 1970")]
public sealed class Eager : IPolicy<Eager, NoOptions>, IPaging
{
    private Eager()
    {
    }

    public static string Name => "paging/eager";

    public bool HasZeroPage => false;

    public PagingRules Rules { get; } = new() { IsEager = true };

    public static Eager Create(NoOptions options, PolicyContext context) => new();
}
