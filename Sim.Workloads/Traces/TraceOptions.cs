namespace Sim.Workloads.Traces;

/// <summary>How a trace is to be read.</summary>
/// <param name="Format">The format; null to recognise it by the content.</param>
/// <param name="Instructions">Whether instruction fetches of formats that record them are references too; loads and stores always are.</param>
public sealed record TraceOptions(TraceFormat? Format = null, bool Instructions = false)
{
    /// <summary>The format by content, and data references only.</summary>
    public static TraceOptions Default { get; } = new();
}
