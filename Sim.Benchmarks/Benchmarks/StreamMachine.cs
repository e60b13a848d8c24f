using System;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Policies.Reclaim;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>A machine whose only process makes the references of a stream.</summary>
internal static class StreamMachine
{
    /// <summary>Sets up the machine; what is returned runs it and tells how many references it made.</summary>
    public static Func<long> Prepare(ReferenceStream stream, string device)
    {
        var catalogue = new PolicyCatalogue(typeof(Clock).Assembly);
        var spec = new MachineSpec
        {
            Memory = new ByteSize(4L << 30),
            Tlb = TlbSpec.Presets.First(preset => preset.Key == "skylake").Value,
            SwapDevice = BlockDeviceSpec.Presets.First(preset => preset.Key == device).Value,
            Reclaim = PolicyChoice.Parse(catalogue, "reclaim", "clock"),
            Scheduler = PolicyChoice.Parse(catalogue, "scheduler", "round-robin"),
            AddressSpaces = new AddressSpacePolicies(PolicyChoice.Parse(catalogue, "vma-merge", "linux"),
                PolicyChoice.Parse(catalogue, "vma-index", "maple"), PolicyChoice.Parse(catalogue, "placement", "top-down"),
                PolicyChoice.Parse(catalogue, "fork", "cow")),
            QuotaFrames = stream.Frames,
        };
        var machine = new Machine(spec, [new ProcessSpec("stream", () => new StreamProgram(stream), SimTime.Zero, 0)]);
        return () => machine.Run().Processes[0].Counters[Counter.References];
    }

    /// <summary>Maps the stream's pages and references them; half of the pages are only ever stored to, the others only loaded from.</summary>
    private sealed class StreamProgram(ReferenceStream stream) : ITaskProgram
    {
        private bool _isMapped;
        private ulong _first;
        private int _position;

        public TaskStep Next(long result, Span<ulong> references)
        {
            if (!_isMapped)
            {
                _isMapped = true;
                return new TaskStep(TaskStepKind.Map, stream.Bound);
            }
            if (_position == 0) _first = (ulong)result;
            int count = Math.Min(references.Length, stream.Pages.Length - _position);
            if (count == 0) return new TaskStep(TaskStepKind.Exit);
            for (int i = 0; i < count; i++)
            {
                uint page = stream.Pages[_position + i];
                references[i] = ReferenceWord.Of(_first + page, page * 2654435761u >> 31);
            }
            _position += count;
            return new TaskStep(TaskStepKind.Access, count);
        }
    }
}
