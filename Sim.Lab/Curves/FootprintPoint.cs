namespace Sim.Lab.Curves;

/// <summary>How far a trace has spread.</summary>
/// <param name="References">n, from the trace's beginning.</param>
/// <param name="Pages">u(n), different pages among them.</param>
public readonly record struct FootprintPoint(long References, long Pages);
