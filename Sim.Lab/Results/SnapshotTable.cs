using System.Collections.Generic;

using Column = Sim.Lab.Results.TableColumn<Sim.Lab.Results.RunPart<Sim.Lab.Results.SnapshotRow>>;

namespace Sim.Lab.Results;

/// <summary>snapshots.parquet: a row for each file of /proc that describes memory, at the times that the study asks for.</summary>
internal static class SnapshotTable
{
    public const string FileName = "snapshots.parquet";

    public const string Meaning = "Memory in the forms of /proc, at the times that the study asks for. The file is there only if a run got as far as one of them.";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        .. RunKey.Columns<SnapshotRow>(),
        Column.Real("time_ns", "ns", "simulated time", part => part.Row.TimeNs),
        Column.Text("file", "buddyinfo, pagetypeinfo, slabinfo or vmallocinfo", part => part.Row.File),
        Column.Text("text", "what the kernel's file would hold: lines", part => part.Row.Text),
    ];

    public static IReadOnlyList<OfRun<SnapshotRow>> Read(TableFile file, RunKey key)
    {
        double[] time = file.Reals("time_ns");
        string[] name = file.Texts("file"), text = file.Texts("text");
        return key.Join(file, row => new SnapshotRow(time[row], name[row], text[row]));
    }
}
