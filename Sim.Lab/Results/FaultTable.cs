using System.Collections.Generic;

using Column = Sim.Lab.Results.TableColumn<Sim.Lab.Results.RunPart<Sim.Lab.Results.FaultRow>>;

namespace Sim.Lab.Results;

/// <summary>faults.parquet: a row for every page fault, where the study asks for them.</summary>
internal static class FaultTable
{
    public const string FileName = "faults.parquet";

    public const string Meaning = "Every page fault, warm-up included. The file is there only if a run recorded its faults.";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        .. RunKey.Columns<FaultRow>(),
        Column.Real("time_ns", "ns", "simulated time of the fault", part => part.Row.TimeNs),
        Column.Int("cpu", Column.NoUnit, "the CPU that took it", part => part.Row.Cpu),
        Column.Int("process", Column.NoUnit, "the process's number within its run", part => part.Row.Process),
        Column.Long("address", Column.NoUnit, "the virtual address", part => part.Row.Address),
        Column.Int("error_code", Column.NoUnit, "the x86 error code: 1 present, 2 write, 4 user, 16 instruction fetch", part => part.Row.ErrorCode),
        Column.Text("cause", "why it came to it", part => part.Row.Cause),
        Column.Text("outcome", "what became of it", part => part.Row.Outcome),
        Column.Real("latency_ns", "ns", "from the fault to when its task could go on; 0 where it did not", part => part.Row.LatencyNs),
    ];

    public static IReadOnlyList<OfRun<FaultRow>> Read(TableFile file, RunKey key)
    {
        double[] time = file.Reals("time_ns"), latency = file.Reals("latency_ns");
        int[] cpu = file.Ints("cpu"), process = file.Ints("process"), code = file.Ints("error_code");
        long[] address = file.Longs("address");
        string[] cause = file.Texts("cause"), outcome = file.Texts("outcome");
        return key.Join(file, row => new FaultRow(time[row], cpu[row], process[row], address[row], code[row], cause[row], outcome[row], latency[row]));
    }
}
