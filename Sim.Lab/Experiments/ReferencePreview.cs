using System;
using Sim.Core.Contracts;
using Sim.Core.Reclaim.Replay;
using Sim.Workloads.Traces;

namespace Sim.Lab.Experiments;

/// <summary>
/// Makes a program's references without a machine, for a policy that must know them in advance: its mapping calls are answered from a bump
/// allocator, and the addresses that it then uses are renumbered densely. Which addresses it is given does not change which pages it
/// references when; that is what makes the preview hold.
/// </summary>
public static class ReferencePreview
{
    private const long FirstHeapPage = 1L << 40;
    private const int BlockLength = 4096;

    /// <summary>The future of a program of one thread.</summary>
    public static ReferenceFuture Of(ITaskProgram program, long references)
    {
        (uint[] pages, int distinct) = Pages(program, references);
        return new ReferenceFuture(pages, distinct);
    }

    /// <summary>The pages that a program of one thread references, numbered from 0 in the order of their first reference.</summary>
    public static (uint[] Pages, int Distinct) Pages(ITaskProgram program, long references)
    {
        var pages = new uint[references];
        var numbers = new PageRenumbering();
        var block = new ulong[BlockLength];
        long next = 1, heapEnd = FirstHeapPage, result = 0;
        int count = 0;
        while (true)
        {
            TaskStep step = program.Next(result, block);
            result = 0;
            switch (step.Kind)
            {
                case TaskStepKind.Access:
                    Span<ulong> ids = block.AsSpan(0, (int)step.First);
                    foreach (ref ulong word in ids) word >>= ReferenceWord.PageShift;
                    numbers.Number(ids, pages.AsSpan(count, ids.Length));
                    count += ids.Length;
                    break;
                case TaskStepKind.Map:
                    result = next;
                    next += step.First;
                    break;
                case TaskStepKind.Break:
                    result = heapEnd;
                    heapEnd += step.First;
                    break;
                case TaskStepKind.Clone:
                    throw new InvalidOperationException("the future of a program that starts threads depends on the machine");
                case TaskStepKind.Exit:
                    if (count != references) throw new InvalidOperationException($"the program makes {count} references, not {references}");
                    return (pages, numbers.Count);
            }
        }
    }
}
