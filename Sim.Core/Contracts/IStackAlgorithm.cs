namespace Sim.Core.Contracts;

/// <summary>
/// Marks a policy with the inclusion property (Mattson et al., IBM Systems Journal 9(2), 1970): what a memory of C frames holds,
/// one of C+1 frames holds too, so misses never rise with capacity. The conformance tests hold it to that.
/// </summary>
public interface IStackAlgorithm;
