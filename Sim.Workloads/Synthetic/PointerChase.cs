using System;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic.Sampling;

namespace Sim.Workloads.Synthetic;

/// <summary>
/// Follows one random cycle through all pages, as a program does along a linked list whose nodes lie anywhere. A uniform
/// order of visits, read cyclically, is the same thing as Sattolo's uniform cyclic permutation, each cycle being
/// N of the orders; the order is stored, since reading it in sequence takes 0.1 ns a
/// reference, and chasing the successors 3 ns at 20 thousand pages and 55 ns at a million.
/// </summary>
[Paper(
    "Visits all pages of the region in one random cycle: every page once, then again in the same order.",
    "S. Sattolo, An algorithm to generate a random cyclic permutation, Information Processing Letters 22(6), 1986")]
public sealed class PointerChase : IReferenceModel, IModel<PointerChase, NoOptions>
{
    private readonly uint[] _order;
    private int _next;

    private PointerChase(ModelContext context) => _order = Shuffle.Permutation((int)context.Pages, context.Seed);

    /// <inheritdoc/>
    public static string Name => "pointer-chase";

    /// <inheritdoc/>
    public long Pages => _order.Length;

    /// <inheritdoc/>
    public static PointerChase Create(NoOptions options, ModelContext context)
    {
        if (context.Pages > Array.MaxLength)
            throw new PolicyOptionException($"{Name}: the region has {context.Pages} pages; the model keeps an order of at most {Array.MaxLength}");
        return new PointerChase(context);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        while (!pages.IsEmpty)
        {
            int run = Math.Min(pages.Length, _order.Length - _next);
            _order.AsSpan(_next, run).CopyTo(pages);
            pages = pages[run..];
            _next += run;
            if (_next == _order.Length) _next = 0;
        }
    }
}
