using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Machines;
using Sim.Core.Units;
using Sim.Lab.Experiments;
using Sim.Tests.Experiments;
using Xunit;

namespace Sim.Tests.Machines;

/// <summary>
/// Everything at once: programs of all kinds of steps, nested at random, on machines that are too small for them, under policies that are drawn too. That a
/// run comes to its end says that its books are closed: no frame, slot or picosecond is lost.
/// </summary>
public sealed class MixedProgramTests
{
    private const int Checks = 40;

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 40).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RunsOfAnythingEndWithWholeInvariantsAndTwiceTheSame(ulong seed)
    {
        RunSpec run = Studies.Load(new MixedStudy(seed).Text).Runs().Single();
        RunResult result = Run(run, checkEvery: null);
        Run(run, new SimTime(1 + result.Elapsed.Picoseconds / Checks)).Digest.ShouldBe(result.Digest);
    }

    private static RunResult Run(RunSpec run, SimTime? checkEvery)
    {
        (MachineSpec machine, IReadOnlyList<ProcessSpec> processes) = run.Build();
        return new Machine(machine with { CheckEvery = checkEvery }, processes).Run();
    }
}
