using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Policies.VmaIndex;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// Finding, mapping and unmapping at random addresses with every index of mappings, at three sizes: the host's time against the same on a SortedDictionary
/// (lookup, addition, removal), and the simulated time of what the index counted.
/// </summary>
public sealed class VmaIndexBenchmarks : IBenchmark
{
    private const int Operations = 20_000;
    private static readonly int[] Sizes = [10, 1_000, 60_000];
    private static readonly string[] Trees = ["avl", "list-rbtree", "rbtree", "maple"];
    private static readonly CostModel Costs = CostModel.Find(CostModel.Presets[0])!;

    public string Name => "vma-index";

    public IEnumerable<Row> Run(Session session)
    {
        PolicyEntry[] entries = [.. new PolicyCatalogue(typeof(Avl).Assembly).At("vma-index")];
        foreach (int size in Sizes)
        {
            foreach (VmaOperation operation in Enum.GetValues<VmaOperation>())
            {
                var dictionary = new MappedDictionaries(size, Operations);
                MappedLists[] indexes = [.. entries.Select(entry => new MappedLists(entry, size, OperationsOf(entry.Name, size)))];
                var results = Medians.Race(session, new Contender("SortedDictionary", () => dictionary.Prepare(operation)),
                    [.. indexes.Select(lists => new Contender($"{operation} among {size:N0}", () => lists.Prepare(operation)))]);
                for (int i = 0; i < entries.Length; i++)
                {
                    double? target = size == Sizes[^1] && Trees.Contains(entries[i].Name) ? 4 : null;
                    yield return new Row($"{operation.ToString().ToLowerInvariant()} among {size:N0} mappings: {entries[i].Name}", "x SortedDictionary's time", target,
                        Inverse(results[i].Ratio), IsAtMost: true, Remark: string.Create(CultureInfo.InvariantCulture,
                            $"{1e9 / results[i].PerSecond.Median:N0} ns, simulated {Simulated(indexes[i]):N0} ns"));
                }
            }
        }
    }

    /// <summary>Those that take time in proportion to the number of mappings do fewer.</summary>
    private static int OperationsOf(string index, int size) => size < Sizes[^1] ? Operations : index switch
    {
        "list" => 100,
        "linear-array" => 1_000,
        _ => Operations,
    };

    private static Sample Inverse(Sample ratio) => new(1 / ratio.Median, 1 / ratio.Maximum, 1 / ratio.Minimum);

    private static double Simulated(MappedLists lists)
    {
        VmaIndexWork work = lists.LastWork;
        return (work.Comparisons * Costs[Cost.VmaCompare].Nanoseconds + work.NodeVisits * Costs[Cost.VmaNodeVisit].Nanoseconds
            + work.EntryMoves * Costs[Cost.VmaEntryMove].Nanoseconds + work.NodeAllocations * Costs[Cost.ObjectAllocate].Nanoseconds
            + work.NodeFrees * Costs[Cost.ObjectFree].Nanoseconds) / lists.Operations;
    }
}
