using System;
using System.Reflection;
using Sim.Core.Contracts;

namespace Sim.Core.Reclaim.Replay;

/// <summary>Closes the replay loop over a policy chosen at run time.</summary>
public static class ReplayFactory
{
    /// <summary>A replay of <paramref name="choice"/> with <paramref name="frames"/> frames. Throws <see cref="PolicyOptionException"/> where the options do not fit.</summary>
    /// <param name="choice">A reclaim policy.</param>
    /// <param name="pages">Every page number is below this.</param>
    /// <param name="frames">Frames, at least 1.</param>
    /// <param name="seed">Seed of the policy's stream.</param>
    /// <param name="future">The whole string, for policies that need it.</param>
    public static IReplay Create(PolicyChoice choice, long pages, int frames, ulong seed, IReferenceFuture? future = null)
    {
        object policy = choice.Create(new PolicyContext(frames, frames, seed, future));
        Type loop = typeof(ReplayLoop<>).MakeGenericType(choice.Entry.Implementation);
        return (IReplay)Activator.CreateInstance(loop, BindingFlags.Public | BindingFlags.Instance, null, [policy, pages, frames], null)!;
    }
}
