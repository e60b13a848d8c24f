using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Units;

namespace Sim.Core.Processes;

/// <summary>A task: one thread of a process, or of the kernel, with its place in its program.</summary>
public sealed class SimTask(int id, Process process, Mm? mm, ITaskProgram program, IRunQueue queue) : IWaitingTask
{
    /// <summary>References that a program may hand over at once.</summary>
    public const int BlockLength = 4096;

    /// <summary>Zeros behind the block, so that the loop may look ahead without asking where it ends.</summary>
    public const int LookAhead = 32;

    private Mm? _mm = mm;

    /// <summary>Its number in the machine.</summary>
    public int Id { get; } = id;

    /// <summary>Its process.</summary>
    public Process Process { get; } = process;

    /// <summary>Whether it runs in the kernel alone, and has no address space.</summary>
    public bool IsKernelThread => _mm is null;

    /// <summary>Its address space, which exec replaces. Throws for a kernel thread, which must not be asked.</summary>
    public Mm Mm
    {
        get => _mm ?? throw new InvalidOperationException($"kernel thread {Process.Name} has no address space");
        internal set => _mm = value;
    }

    /// <summary>What it does.</summary>
    public ITaskProgram Program { get; internal set; } = program;

    /// <summary>What it is doing.</summary>
    public TaskState State { get; internal set; } = TaskState.Blocked;

    /// <summary>The references that it was given last.</summary>
    internal readonly ulong[] Block = new ulong[BlockLength + LookAhead];

    /// <summary>The next one to make.</summary>
    internal int Position;

    /// <summary>How many there are.</summary>
    internal int Length;

    /// <summary>Computing still to be done.</summary>
    internal SimTime ComputeLeft;

    /// <summary>What its last step returned.</summary>
    internal long LastResult;

    /// <summary>The reference at <see cref="Position"/> faulted, and its own fault mapped the page.</summary>
    internal bool CompletesFault;

    /// <summary>When the fault began over which it sleeps; never, while it does not.</summary>
    internal SimTime FaultBegan = SimTime.Never;

    /// <summary>The kind of that fault.</summary>
    internal FaultKind FaultKind;

    /// <summary>That fault's number among the recorded ones.</summary>
    internal int FaultRecord;

    /// <summary>Whether the fault with which it goes on has been counted, and is over when its page is mapped.</summary>
    internal bool GoesOnWithFault;

    /// <summary>Whether it has slept within the call that it will go on with, and not before it.</summary>
    internal bool IsInCall;

    /// <summary>How far its call has come, as that counts.</summary>
    internal long CallPosition;

    /// <summary>At which position of the call it last slept; -1 before.</summary>
    internal long CallWaitedFor;

    /// <summary>What the call will return, where that was known before it slept.</summary>
    internal long CallResult;

    /// <summary>The thread that started it, which may join it.</summary>
    internal SimTask? Starter;

    /// <summary>Threads that it has started and that have not ended.</summary>
    internal int LiveThreads;

    /// <summary>Whether it waits for these to end.</summary>
    internal bool IsJoining;

    /// <summary>Whether it sleeps until a child has ended.</summary>
    internal bool IsWaitingForChild;

    /// <summary>The system call that it will go on with.</summary>
    internal TaskStep? Suspended;

    /// <summary>The page and kind of access of a fault that goes on when it runs next: it has waited for the address space's lock, or for a page of a file.</summary>
    internal (ulong Page, bool IsStore)? SuspendedFault;

    /// <summary>Since when it waits for the address space's lock, or had to for what it is doing now; null when it has not.</summary>
    internal SimTime? LockAwaitedSince;

    /// <summary>The child that it is forking; null when it is not.</summary>
    internal Birth? Birth;

    /// <summary>Its kernel stack.</summary>
    internal KernelAddress KernelStack;

    /// <summary>Its task_struct and pid.</summary>
    internal readonly KernelAddress[] Objects = new KernelAddress[2];

    /// <inheritdoc/>
    public void Wake() => queue.MakeRunnable(this);
}
