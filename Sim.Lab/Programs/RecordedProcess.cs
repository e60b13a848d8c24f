using Sim.Workloads.Programs;
using Sim.Workloads.Traces;

namespace Sim.Lab.Programs;

/// <summary>What the beginning of a process's recording says.</summary>
/// <param name="File">The recording.</param>
/// <param name="Pid">The process.</param>
/// <param name="Reason">Why it began: 0 first, 1 forked.</param>
/// <param name="Began">When, monotonic time in ns.</param>
internal sealed record RecordedProcess(string File, long Pid, ulong Reason, ulong Began)
{
    /// <summary>It was forked.</summary>
    public const ulong Forked = 1;

    /// <summary>Reads the beginning.</summary>
    public static RecordedProcess Peek(string file)
    {
        using var recording = new ProgramRecording(file);
        if (!recording.TryRead() || recording.Kind != ProgramRecordKind.Process)
            throw TraceFormatException.AtByte(file, 16, "the first record does not say which process begins; the recorder writes that one first");
        return new RecordedProcess(file, recording.Pid, recording.Fields[2], recording.Fields[3]);
    }
}
