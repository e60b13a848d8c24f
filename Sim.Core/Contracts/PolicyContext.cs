namespace Sim.Core.Contracts;

/// <summary>What a policy may know of the domain that it is made for.</summary>
/// <param name="Frames">Frames of the machine: frame numbers lie in [0, Frames). Arrays indexed by frame have this length.</param>
/// <param name="Capacity">Frames that the domain may fill at most, in base frames.</param>
/// <param name="Seed">Seed of the policy's own random stream, if it draws.</param>
/// <param name="Future">The references to come, or null where they are not known.</param>
public sealed record PolicyContext(int Frames, int Capacity, ulong Seed, IReferenceFuture? Future = null);
