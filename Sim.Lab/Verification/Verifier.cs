using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Sim.Lab.Verification.Suites;

namespace Sim.Lab.Verification;

/// <summary>Everything that the simulator can be checked against, in one table.</summary>
public static class Verifier
{
    /// <summary>Runs all suites, several at a time, and returns their checks in a fixed order.</summary>
    /// <param name="data">The recordings, or null where there are none to be found: then the suites that need them are left out.</param>
    /// <param name="isQuick">Shorter streams and wider intervals.</param>
    /// <param name="jobs">Suites at a time.</param>
    public static IReadOnlyList<VerificationCheck> Run(RecordedData? data, bool isQuick, int jobs)
    {
        Func<IEnumerable<VerificationCheck>>[] suites =
        [
            () => ReferenceStrings.Run(isQuick),
            () => IndependentReferences.Run(isQuick),
            () => Locality.Run(isQuick),
            () => Queueing.Run(isQuick),
            () => WholeMachine.Run(isQuick),
            () => data is null ? [] : GoldenMisses.Run(data, isQuick),
            () => data is null ? [] : CostComposites.Run(data),
            () => data is null ? [] : ForkComposites.Run(data),
            () => data is null ? [] : RecordedScripts.Run(data.Mappings, "address spaces"),
            () => data is null ? [] : RecordedScripts.Run(data.Faults, "page faults"),
            () => PhysicalMemory.Run(data, isQuick),
        ];
        var results = new VerificationCheck[suites.Length][];
        Parallel.For(0, suites.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, index => results[index] = [.. suites[index]()]);
        return [.. results.SelectMany(checks => checks)];
    }
}
