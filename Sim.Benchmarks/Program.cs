using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Running;
using Sim.Benchmarks.Benchmarks;
using Sim.Benchmarks.Harness;

const string Usage = """
    usage: Sim.Benchmarks [NAME]... [--policy P[,P]...] [--quick] [--markdown FILE]
                                                                   measure, print the table; all without a NAME
           Sim.Benchmarks micro [BenchmarkDotNet's arguments]      single operations in absolute time
    """;

if (args is ["micro", .. string[] rest])
{
    BenchmarkSwitcher.FromAssembly(typeof(EventQueueMicroBenchmarks).Assembly).Run(rest.Length == 0 ? ["--filter", "*"] : rest);
    return 0;
}

if (args is [MemoryBenchmarks.PeakVerb, string pages])
{
    Console.WriteLine(MemoryBenchmarks.PeakOf(long.Parse(pages)));
    return 0;
}

IBenchmark[] benchmarks = [.. typeof(IBenchmark).Assembly.GetTypes()
    .Where(type => type.IsAssignableTo(typeof(IBenchmark)) && !type.IsAbstract)
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!).OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)];
bool isQuick = false;
string? markdown = null;
string[] policies = [];
var names = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--quick") isQuick = true;
    else if (args[i] == "--policy" && i + 1 < args.Length) policies = args[++i].Split(',');
    else if (args[i] == "--markdown" && i + 1 < args.Length) markdown = args[++i];
    else if (benchmarks.Any(benchmark => benchmark.Name == args[i])) names.Add(args[i]);
    else
    {
        Console.Error.WriteLine($"'{args[i]}' is none of {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}\n{Usage}");
        return 2;
    }
}

var session = new Session(isQuick, Console.Error.WriteLine, policies);
Row[] rows = [.. benchmarks.Where(benchmark => names.Count == 0 || names.Contains(benchmark.Name)).SelectMany(benchmark => benchmark.Run(session))];
string table = Table.Write(rows, isQuick);
Console.Write(table);
if (markdown is not null) Table.Update(markdown, table);
return rows.All(row => row.IsMet) ? 0 : 1;
