using System;

namespace Sim.Lab.Execution;

/// <summary>Consecutive references of a trace.</summary>
/// <param name="References">The references.</param>
/// <param name="Start">References before them.</param>
/// <param name="Pages">Different pages up to their end, where pages are numbered.</param>
/// <typeparam name="TReference">A dense page number or a page id.</typeparam>
public readonly record struct ReferenceBlock<TReference>(ReadOnlyMemory<TReference> References, long Start, int Pages);
