namespace Sim.Core.Physical.Slab;

/// <summary>How objects lie in a slab.</summary>
/// <param name="Order">log2 of its frames: pagesperslab.</param>
/// <param name="Objects">Objects in it: objperslab.</param>
public readonly record struct SlabShape(int Order, int Objects);
