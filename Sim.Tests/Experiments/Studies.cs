using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Lab.Experiments;
using Sim.Policies.Reclaim;

namespace Sim.Tests.Experiments;

/// <summary>Short ways to write a study and to read it.</summary>
internal static class Studies
{
    /// <summary>A study that is right, to be made wrong in one place.</summary>
    public const string Small = """
        seed: 5
        machine:
          memory: 16MiB
        policies:
          reclaim: clock
        workload:
          - process: db
            program:
              - mmap: {name: heap, size: 1MiB}
              - access: {region: heap, model: zipf, count: 10k}
        """;

    public static PolicyCatalogue Catalogue { get; } = new(typeof(Fifo).Assembly);

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Reads a text as a study in an empty directory.</summary>
    public static Experiment Load(string yaml, params string[] overrides)
    {
        string directory = Directory.CreateTempSubdirectory("study-").FullName;
        try
        {
            string file = Path.Combine(directory, "study.yaml");
            File.WriteAllText(file, yaml);
            return Experiment.Load(file, overrides, Catalogue);
        }
        finally
        {
            Directory.Delete(directory, true);
        }
    }

    /// <summary>The error that a text gives as a study.</summary>
    public static StudyException Fault(string yaml, params string[] overrides) => Should.Throw<StudyException>(() => Load(yaml, overrides));

    /// <summary>The small study with a line replaced.</summary>
    public static string SmallWith(string line, string replacement)
    {
        Small.ShouldContain(line);
        return Small.Replace(line, replacement);
    }

    /// <summary>The first replication of every point.</summary>
    public static IReadOnlyList<RunSpec> Runs(this Experiment experiment) => [.. experiment.Points.Select(point => experiment.RunOf(point, 0))];

    private static string FindRoot()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Research.sln"))) directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
