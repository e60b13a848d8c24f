using System.Collections.Generic;
using Sim.Core.Units;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments.Binding;

/// <summary>An entry of the workload: some instances of one program.</summary>
internal sealed record BoundProcess
{
    public required string Name { get; init; }

    /// <summary>Instances.</summary>
    public required int Count { get; init; }

    /// <summary>When the first instance starts.</summary>
    public required SimTime Arrival { get; init; }

    /// <summary>Time from one instance's start to the next one's.</summary>
    public required SimTime Every { get; init; }

    /// <summary>How much it leaves to others under a fair scheduler.</summary>
    public required int Nice { get; init; }

    /// <summary>Its priority under a fifo scheduler.</summary>
    public required int Priority { get; init; }

    public required IReadOnlyList<ProgramStep> Steps { get; init; }

    /// <summary>References that one instance makes, with its children.</summary>
    public required long References { get; init; }

    /// <summary>References that one instance makes without its children: those that a warm-up is counted in.</summary>
    public required long OwnReferences { get; init; }

    /// <summary>Whether it maps memory that processes share.</summary>
    public required bool HasSharedMemory { get; init; }

    /// <summary>Whether the program starts children or another program.</summary>
    public required bool HasChildren { get; init; }

    /// <summary>Whether the program starts threads.</summary>
    public required bool HasThreads { get; init; }

    /// <summary>Whether it maps pages larger than 4 KiB.</summary>
    public required bool HasHugePages { get; init; }

    /// <summary>Whether it may move pages to other addresses.</summary>
    public required bool MovesRegions { get; init; }

    /// <summary>Content hashes of the traces that it replays, in the order of its steps.</summary>
    public required IReadOnlyList<string> TraceHashes { get; init; }
}
