using Sim.Core.Contracts;

namespace Sim.Policies.Structures;

/// <summary>What every policy that reads ahead can be told about files.</summary>
public record ReadaheadOptions
{
    [Option("Largest window of a file, in pages; Linux has 32, 128 KiB", Minimum = 0, Maximum = 1024)]
    public int FileWindow { get; init; } = Sim.Core.Reclaim.Readahead.LinuxWindow;
}
