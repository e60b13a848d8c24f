using System;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Workloads.Synthetic.Sampling;

namespace Sim.Workloads.Synthetic;

/// <summary>
/// Denning and Kahn's model of a program in phases. The macromodel holds a locality set for a time and then goes to the next;
/// the micromodel orders the references within a set. With H the mean holding time and M the mean number of pages that enter
/// at a transition, the lifetime function has its knee at the mean set size with L = H / M.
/// </summary>
/// <remarks>
/// Macromodel and micromodel draw from streams of their own: the same seed goes through the same sets whatever the
/// micromodel. Deviation: each transition goes to a set that shares R pages with the one before and no others, where the paper
/// draws from a fixed family of sets and has to correct H for transitions from a set to itself.
/// </remarks>
[Paper(
    "Holds a locality set of pages for a random time, references only its pages meanwhile, then goes to another set that shares some pages with it.",
    "P. J. Denning and K. C. Kahn, A study of program locality and lifetime functions, SOSP 1975; P. J. Denning, IEEE TSE 6(1), 1980")]
public sealed class Phases : IReferenceModel, IModel<Phases, PhasesOptions>
{
    private readonly LocalitySets _sets;
    private readonly Micromodel _micromodel;
    private readonly PowerLawDistance? _distances;
    private readonly RecencyStack? _stack;
    private RandomStream _random;
    private long _remaining;
    private int _next;
    private bool _descending;

    private Phases(PhasesOptions options, ModelContext context)
    {
        Pages = context.Pages;
        _sets = new LocalitySets(options, context);
        _micromodel = options.Micromodel;
        _random = new RandomStream(RandomStream.SeedOf(context.Seed, 0, "phases/references"));
        if (_micromodel != Micromodel.LruStack) return;
        _distances = new PowerLawDistance(options.StackScale, options.StackExponent, _sets.LargestSet);
        _stack = new RecencyStack(_sets.LargestSet);
    }

    /// <inheritdoc/>
    public static string Name => "phases";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Phases Create(PhasesOptions options, ModelContext context) => new(options, context);

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        while (!pages.IsEmpty)
        {
            if (_remaining == 0) BeginPhase();
            int run = (int)Math.Min(pages.Length, _remaining);
            FillWithin(_sets.Current, pages[..run]);
            pages = pages[run..];
            _remaining -= run;
        }
    }

    private void BeginPhase()
    {
        _remaining = _sets.Advance();
        _next = 0;
        _descending = false;
        if (_stack is not { } stack) return;
        stack.Clear();
        foreach (uint page in _sets.Current) stack.Push(page);
    }

    private void FillWithin(ReadOnlySpan<uint> set, Span<uint> pages)
    {
        switch (_micromodel)
        {
            case Micromodel.Cyclic:
                for (int i = 0; i < pages.Length; i++)
                {
                    pages[i] = set[_next];
                    if (++_next == set.Length) _next = 0;
                }
                break;
            case Micromodel.Sawtooth:
                for (int i = 0; i < pages.Length; i++)
                {
                    pages[i] = set[_next];
                    if (set.Length == 1) continue;
                    if (_next == set.Length - 1) _descending = true;
                    else if (_next == 0) _descending = false;
                    _next += _descending ? -1 : 1;
                }
                break;
            case Micromodel.Random:
                for (int i = 0; i < pages.Length; i++) pages[i] = set[(int)_random.Below((ulong)set.Length)];
                break;
            case Micromodel.LruStack:
                for (int i = 0; i < pages.Length; i++)
                    pages[i] = _stack!.Touch((int)Math.Min(_distances!.Sample(ref _random), set.Length));
                break;
        }
    }
}
