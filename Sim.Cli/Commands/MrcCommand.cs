using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Lab.Curves;
using Sim.Lab.Execution;
using Sim.Workloads.Traces;

namespace Sim.Cli.Commands;

/// <summary>`sim mrc`: the miss-ratio curve of LRU and what else one pass over a trace tells.</summary>
internal static class MrcCommand
{
    public static Command Create()
    {
        var sample = new Option<string?>("--sample") { Description = "Sample this share of the pages (SHARDS): 1%, 0.001. Estimates come with a band of error." };
        var sampleSize = new Option<int?>("--sample-size") { Description = "Sample at most so many pages, at a rate that falls as the trace shows more: 8192." };
        var policies = new Option<string[]>("--policy", "-p") { Description = "Replay these policies as well, at the sizes of --sizes." };
        var policyFiles = Shared.PolicyFiles();
        var sizes = new Option<string[]>("--sizes", "-f") { Description = "Numbers of frames for --policy, or shares of the trace's pages: 100,200,10%." };
        var seed = new Option<long>("--seed") { Description = "Seed of the sample, and of the policies that draw.", DefaultValueFactory = _ => 1 };
        var jobs = Shared.Jobs();
        var output = new Option<string?>("--out") { Description = "Write mrc.parquet, working-set.parquet, footprint.parquet, policies.parquet and mrc.svg into this folder." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document, with every size of the curve." };
        var csv = new Option<bool>("--csv") { Description = "Print trace,policy,frames,refs,misses, as replay does, with every size of the curve." };
        var command = new Command("mrc", "The miss-ratio curve of LRU with every number of frames, the working-set curve, the lifetime function and the footprint, in one pass over a trace.")
        {
            sample, sampleSize, policies, policyFiles, sizes, seed, jobs, output, json, csv,
        };
        var trace = new TraceInput(command);
        command.SetAction(parsed => Failure.Guard(() =>
        {
            string[] names = [.. (parsed.GetValue(policies) ?? []).SelectMany(PolicyList.Split)];
            PolicyCatalogue catalogue = Shared.Policies(parsed.GetValue(policyFiles));
            foreach (string name in names) Shared.CheckPolicy(catalogue, name);
            var frames = new FrameCounts("--sizes", parsed.GetValue(sizes) ?? []);
            if (names.Length > 0 != frames.Count > 0) throw new UsageException("--policy and --sizes belong together: --policy arc --sizes 10%,20%,50%");
            ShardsSample? sampled = SampleOf(parsed.GetValue(sample), parsed.GetValue(sampleSize), (ulong)parsed.GetValue(seed));
            if (sampled is not null && names.Length > 0) throw new UsageException("--policy replays every reference; leave --sample out, or --policy");
            int workers = Shared.CheckedJobs(parsed.GetValue(jobs));
            using TraceReader reader = trace.Open(parsed);
            if (names.Length > 0 && !reader.CanReopen) throw new UsageException($"{reader.Name}: --policy reads the trace a second time, which a pipe does not allow; write it to a file");
            TraceCurves curves = CurvesOf(reader, sampled, workers);
            IReadOnlyList<ReplayRow> rows = names.Length == 0 ? [] : ReplayCommand.Dense(
                new ReplaySweep(catalogue, names, (ulong)parsed.GetValue(seed), workers), frames, trace, parsed, (int)curves.Pages).Rows;
            if (parsed.GetValue(output) is { } folder) CurveTables.Write(folder, reader.Name, curves, rows);
            if (parsed.GetValue(json)) MrcOutput.WriteJson(reader.Name, trace.Format, curves, rows);
            else if (parsed.GetValue(csv)) ReplayOutput.WriteCsv(reader.Name, MrcOutput.RowsOf(curves).Concat(rows));
            else MrcOutput.WriteTable(reader.Name, trace.Format, curves, rows);
            return Failure.Done;
        }));
        return command.WithExample("sim mrc trace.txt.gz --policy arc,clock --sizes 5%,10%,20%,40% --out curves");
    }

    private static TraceCurves CurvesOf(TraceReader reader, ShardsSample? sample, int jobs)
    {
        var progress = new TraceProgress();
        if (sample is not null) return ProgressDisplay.Show(reader.Name, progress, () => TraceCurves.Of(reader, sample, progress));
        using var numbered = new NumberedTrace(reader);
        return ProgressDisplay.Show(reader.Name, progress, () => TraceCurves.Of(numbered, () => numbered.Share, jobs, progress));
    }

    private static ShardsSample? SampleOf(string? rateText, int? size, ulong seed)
    {
        if (size is < ShardsSample.LeastPages)
            throw new UsageException($"--sample-size: {size} is too few; from {ShardsSample.LeastPages} pages on an error can be told, a few thousand make it small");
        if (rateText is null) return size is null ? null : new ShardsSample(1, size, seed);
        if (!Quantity.TryParseNumber(rateText, out double rate) || !(rate > 0 && rate <= 1))
            throw new UsageException($"--sample: '{rateText}' is no share of the pages; write 1% or 0.01");
        return new ShardsSample(rate, size, seed);
    }
}
