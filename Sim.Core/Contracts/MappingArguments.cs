namespace Sim.Core.Contracts;

/// <summary>The arguments of a call on mappings, in pages. Each kind of step uses some of them; see <see cref="TaskStepKind"/>.</summary>
/// <param name="Page">The first page; for a new mapping the place or a hint, 0 for none.</param>
/// <param name="Pages">Length.</param>
/// <param name="Protection">Read 1, write 2, execute 4.</param>
/// <param name="Flags">The call's own flags, or madvise's advice, with Linux's numbers.</param>
/// <param name="NewPage">mremap: where to.</param>
/// <param name="NewPages">mremap: the new length.</param>
/// <param name="File">
/// mmap: 0 is none; -n the machine's n-th file; from 1 on a file that nobody declared, which a model of mappings makes up and whose pages behave as anonymous memory.
/// </param>
/// <param name="FileOffset">mmap: the page of the file at the start.</param>
public readonly record struct MappingArguments(
    ulong Page, ulong Pages = 0, int Protection = 0, int Flags = 0, ulong NewPage = 0, ulong NewPages = 0, int File = 0, ulong FileOffset = 0);
