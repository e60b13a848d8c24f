namespace Sim.Core.Contracts;

/// <summary>The kinds of kernel object that the model creates. Sizes are those of the recorded kernel's slab caches.</summary>
public enum KernelObject
{
    /// <summary>A page of a page table: one frame.</summary>
    PageTable,

    /// <summary>vm_area_struct.</summary>
    VmArea,

    /// <summary>mm_struct.</summary>
    Mm,

    /// <summary>anon_vma.</summary>
    AnonVma,

    /// <summary>anon_vma_chain.</summary>
    AnonVmaChain,

    /// <summary>task_struct.</summary>
    Task,

    /// <summary>A task's kernel stack: four frames.</summary>
    KernelStack,

    /// <summary>signal_struct.</summary>
    Signal,

    /// <summary>sighand_struct.</summary>
    SignalHandlers,

    /// <summary>files_struct.</summary>
    Files,

    /// <summary>struct pid.</summary>
    Pid,

    /// <summary>A node of the maple tree that indexes mappings.</summary>
    MapleNode,

    /// <summary>A page of the array that indexes mappings: one frame.</summary>
    VmaArrayPage,
}
