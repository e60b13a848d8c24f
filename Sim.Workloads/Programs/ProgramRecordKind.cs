namespace Sim.Workloads.Programs;

/// <summary>What a record of a <see cref="ProgramRecording"/> says.</summary>
public enum ProgramRecordKind
{
    /// <summary>The program, or with <see cref="ProgramRecording.IsKernel"/> the kernel for it, accesses a page.</summary>
    Access,

    /// <summary>The program image ends: loads, stores, translation blocks, fetch records, pid, monotonic time in ns.</summary>
    End,

    /// <summary>A system call at its return: number, six arguments, result.</summary>
    SystemCall,

    /// <summary>A mapping that a program image begins with: start, end, protection, file offset, inode, kind (0 file, 1 stack, 2 anonymous), and the path.</summary>
    InitialMapping,

    /// <summary>The file of the call that follows: descriptor, length in bytes, inode, and the path.</summary>
    Path,

    /// <summary>A process or image begins: pid, parent's pid, reason (0 first, 1 forked, 2 executed), monotonic time in ns.</summary>
    Process,

    /// <summary>The records that follow are another thread's: its number.</summary>
    Thread,
}
