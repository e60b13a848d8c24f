namespace Sim.Lab.Verification.ClosedForms;

/// <summary>The point at which a lifetime function is touched by a ray from the origin.</summary>
/// <param name="Index">Into the arrays the curve was given as.</param>
/// <param name="Memory">x, in pages.</param>
/// <param name="Lifetime">L(x), in references.</param>
public readonly record struct LifetimeKnee(int Index, double Memory, double Lifetime);
