using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>A region of a mapping model.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Length">Pages that are mapped.</param>
/// <param name="First">The first page that may be touched.</param>
/// <param name="Pages">Pages that may be.</param>
/// <param name="IsWritable">Whether they may be stored to.</param>
/// <param name="File">The file that is mapped; 0 for none.</param>
/// <param name="IsPieced">Whether it may be several mappings, by what was done to it.</param>
internal readonly record struct Region(int Number, long Length, long First, long Pages, bool IsWritable, int File = 0, bool IsPieced = false)
{
    /// <summary>A reference to any of the pages.</summary>
    public MappedPage Touch(ref RandomStream random, double stores)
    {
        long page = First + (long)random.Below((ulong)Pages);
        return new MappedPage(Number, page, IsWritable && random.NextDouble() < stores);
    }
}
