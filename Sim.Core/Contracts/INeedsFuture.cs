namespace Sim.Core.Contracts;

/// <summary>
/// Marks a policy that can run only where <see cref="PolicyContext.Future"/> is known: one process, no fork, a replayable
/// stream, and a view of every access. Any other combination is refused when the experiment is read.
/// </summary>
public interface INeedsFuture;
