namespace Sim.Lab.Programs;

/// <summary>What kind of mapping a fault was in, as it was mapped when it happened.</summary>
public enum FaultRegion
{
    /// <summary>Between the start of brk's heap and its end.</summary>
    Heap,

    /// <summary>Other private anonymous memory, a program's bss among it.</summary>
    Anonymous,

    /// <summary>A mapping that grows down.</summary>
    Stack,

    /// <summary>Executable pages of a file.</summary>
    FileText,

    /// <summary>Pages of a file that may only be read, such as relocated data once it is protected.</summary>
    FileReadOnly,

    /// <summary>Pages of a file that may be written, privately.</summary>
    FileWritable,

    /// <summary>Shared memory, of a file or without one.</summary>
    Shared,
}
