using Sim.Core.AddressSpaces;
using Sim.Core.Units;

namespace Sim.Core.Processes;

/// <summary>A child whose fork is not done yet.</summary>
/// <param name="Objects">Its kernel objects, but for those of its task.</param>
/// <param name="Memory">What becomes its address space, and how far that has come; null where it will run in its parent's.</param>
internal sealed record Birth(KernelAddress[] Objects, ForkInProgress? Memory);
