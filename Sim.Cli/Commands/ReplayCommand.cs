using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Lab.Execution;
using Sim.Workloads.Traces;

namespace Sim.Cli.Commands;

/// <summary>`sim replay`: page replacement alone, at full speed.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var policies = new Option<string[]>("--policy", "-p")
        {
            Description = "Policies, separated by commas: lru,clock(set-on-load=false).",
            Required = true,
        };
        var frames = new Option<string[]>("--frames", "-f") { Description = "Numbers of frames, or shares of the trace's pages: 100,200,10%.", Required = true };
        var policyFiles = Shared.PolicyFiles();
        var sparse = new Option<bool>("--sparse")
        {
            Description = "Take ids as they are, without numbering pages: memory for the frames alone, two to three times slower. For traces with more pages than memory holds.",
        };
        var seed = new Option<long>("--seed") { Description = "Seed of the policies that draw.", DefaultValueFactory = _ => 1 };
        var jobs = Shared.Jobs();
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var csv = new Option<bool>("--csv") { Description = "Print trace,policy,frames,refs,misses." };
        var command = new Command("replay", "Replay a page-reference string under one or more replacement policies; print references and misses.")
        {
            policies, policyFiles, frames, sparse, seed, jobs, json, csv,
        };
        var trace = new TraceInput(command);
        command.SetAction(parsed => Failure.Guard(() =>
        {
            IReadOnlyList<string> names = [.. parsed.GetValue(policies)!.SelectMany(PolicyList.Split)];
            if (names.Count == 0) throw new UsageException("--policy names no policy");
            PolicyCatalogue catalogue = Shared.Policies(parsed.GetValue(policyFiles));
            foreach (string name in names) Shared.CheckPolicy(catalogue, name);
            var sizes = new FrameCounts("--frames", parsed.GetValue(frames)!);
            if (sizes.Count == 0) throw new UsageException("--frames names no number of frames");
            var sweep = new ReplaySweep(catalogue, names, (ulong)parsed.GetValue(seed), Shared.CheckedJobs(parsed.GetValue(jobs)));
            ReplayResult result = parsed.GetValue(sparse) ? Sparse(sweep, sizes, trace, parsed) : Dense(sweep, sizes, trace, parsed);
            string file = trace.FileOf(parsed);
            if (parsed.GetValue(json)) ReplayOutput.WriteJson(file, trace.Format, result);
            else if (parsed.GetValue(csv)) ReplayOutput.WriteCsv(file, result.Rows);
            else ReplayOutput.WriteTable(file, trace.Format, result);
            return Failure.Done;
        }));
        return command.WithExample("sim replay trace.txt.gz --policy lru,'clock(set-on-load=false)' --frames 100,200,10% --csv");
    }

    private static ReplayResult Sparse(ReplaySweep sweep, FrameCounts sizes, TraceInput trace, ParseResult parsed)
    {
        if (sizes.FirstShare is { } share) throw new UsageException($"--frames {share}: with --sparse nothing counts the pages; write a number of frames");
        if (sweep.NeedsFuture is { } policy) throw new UsageException($"--policy {policy} needs the whole trace in advance, which --sparse does not keep; leave one of the two out");
        using TraceReader reader = trace.Open(parsed);
        var progress = new TraceProgress();
        return ProgressDisplay.Show(reader.Name, progress, () => sweep.RunSparse(reader, sizes.Of(0), progress));
    }

    /// <summary>
    /// The trace is read once and not kept, with two exceptions: the optimum needs its future, and shares of the pages need their number first, so
    /// that it is read twice, or kept where it comes from a pipe.
    /// </summary>
    /// <param name="sweep">The policies.</param>
    /// <param name="sizes">Numbers of frames.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="knownPages">The trace's pages; null if nothing counted them yet.</param>
    public static ReplayResult Dense(ReplaySweep sweep, FrameCounts sizes, TraceInput trace, ParseResult parsed, int? knownPages = null)
    {
        var progress = new TraceProgress();
        TraceReader reader = trace.Open(parsed);
        bool hasShares = sizes.FirstShare is not null && knownPages is null, isKept = sweep.NeedsFuture is not null || (hasShares && !reader.CanReopen);
        using var numbered = new NumberedTrace(reader);
        if (isKept)
        {
            PageTrace pages = PageTrace.Read(numbered);
            return ProgressDisplay.Show(reader.Name, progress, () => sweep.Run(pages, sizes.Of(pages.DistinctPages), progress));
        }
        if (!hasShares) return ProgressDisplay.Show(reader.Name, progress, () => sweep.Run(numbered, sizes.Of(knownPages ?? 0), progress));
        IReadOnlyList<int> frames = sizes.Of(numbered.CountPages());
        using var again = new NumberedTrace(trace.Open(parsed));
        return ProgressDisplay.Show(reader.Name, progress, () => sweep.Run(again, frames, progress));
    }
}
