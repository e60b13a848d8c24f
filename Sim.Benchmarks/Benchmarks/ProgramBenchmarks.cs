using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Lab.Programs;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// Recorded programs from the file to their faults: unpacking, decoding, translation by the page table, calls and faults. References are loads and stores. In elapsed time, since
/// a thread unpacks ahead.
/// </summary>
public sealed class ProgramBenchmarks : IBenchmark
{
    private const double Target = 4;
    private const string Place = "../shared/data/programs";

    public string Name => "program";

    public IEnumerable<Row> Run(Session session)
    {
        string[] programs = [.. new[] { "gups", "ls", "xz-60k" }.Where(program => File.Exists(PathOf(program)))];
        if (programs.Length < 3) session.Report($"program: some recordings are not in {Place}, and left out");
        var results = Medians.RaceElapsed(session, session.Yardstick(session.Zipf), [.. programs.Select(Replay)]);
        return programs.Zip(results, (program, result) => new Row($"program: {program}", "x yardstick", Target, result.Ratio, Remark: Table.Rate(result.PerSecond.Median, "refs")));
    }

    private static string PathOf(string program) => Path.Combine(Place, program + ".p0.gz");

    private static Contender Replay(string program) => new(program, () => () => ProgramReplay.Run(PathOf(program), ProgramSettings.Default).Sum(process => process.References));
}
