using System;
using Sim.Core.Contracts;

namespace Sim.Core.Machines;

/// <summary>A kernel thread: a task without an address space, there from the start of the machine until its last process has ended.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">Makes what it does: computing, sleeping, and nothing else.</param>
public sealed record KernelThreadSpec(string Name, Func<ITaskProgram> Program);
