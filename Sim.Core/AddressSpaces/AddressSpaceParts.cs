using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.AddressSpaces;

/// <summary>What the system calls on mappings share.</summary>
internal sealed class AddressSpaceParts(IKernelObjects objects, MappedPages pages, CommitAccount commit, ITlbFlush tlbs, IFaultIn faults, CounterSet counters, IFilePages? files)
{
    public AnonVmas AnonVmas { get; } = new(objects);

    public VmaChanges Changes => field ??= new VmaChanges(objects, AnonVmas, counters);

    public MappedPages Pages { get; } = pages;

    public CommitAccount Commit { get; } = commit;

    public ITlbFlush Tlbs { get; } = tlbs;

    public Population Population { get; } = new(faults, pages);

    /// <summary>The page cache; null where files have no pages of their own.</summary>
    public IFilePages? Files { get; } = files;
}
