using System;

namespace Sim.Lab.Programs;

/// <summary>
/// What the kernel stores in a task's memory of its own accord, which a recorder in user mode does not see: the area of restartable sequences each time
/// the task is switched in (rseq_update_cpu_node_id of kernel/rseq.c, Linux 6.18), and the frame of a signal on the stack (setup_rt_frame of
/// arch/x86/kernel/signal_64.c). After a fork both are copies on write.
/// </summary>
internal static class KernelStores
{
    /// <summary>From a frame's ucontext to its siginfo.</summary>
    private const ulong ContextBytes = 304;

    private const ulong SignalInfoBytes = 128;

    /// <summary>
    /// The bytes of the frame that rt_sigreturn leaves. No record says where it lies, but the handler was called with the addresses of its siginfo and its
    /// ucontext, and most leave them in their registers. Null where this one did not.
    /// </summary>
    public static (ulong First, ulong End)? SignalFrame(ReadOnlySpan<ulong> fields)
    {
        (ulong info, ulong context) = (fields[2], fields[3]);
        return context > sizeof(ulong) && info == context + ContextBytes ? (context - sizeof(ulong), info + SignalInfoBytes) : null;
    }
}
