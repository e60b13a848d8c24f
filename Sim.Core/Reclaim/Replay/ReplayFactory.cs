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
    public static IReplay Create(PolicyChoice choice, long pages, int frames, ulong seed, IReferenceFuture? future = null) =>
        (IReplay)Close(typeof(ReplayLoop<>), choice, choice.Create(new PolicyContext(frames, frames, seed, future)), pages, frames);

    /// <summary>The same for pages of any 64-bit ids. No policy that needs the future can run so: a future is of dense numbers.</summary>
    /// <inheritdoc cref="Create"/>
    public static ISparseReplay CreateSparse(PolicyChoice choice, int frames, ulong seed) =>
        (ISparseReplay)Close(typeof(SparseReplayLoop<>), choice, choice.Create(new PolicyContext(frames, frames, seed)), frames);

    private static object Close(Type loop, PolicyChoice choice, params object[] arguments) =>
        Activator.CreateInstance(loop.MakeGenericType(choice.Implementation), BindingFlags.Public | BindingFlags.Instance, null, arguments, null)!;
}
