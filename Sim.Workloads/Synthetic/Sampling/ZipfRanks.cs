using System;
using System.Runtime.CompilerServices;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic.Sampling;

/// <summary>
/// Draws ranks i = 0..n-1 with probability in proportion to (i + 1 + q)^-alpha. The first 65535 ranks come from an alias table
/// of 512 KiB, together with one bucket for all the others, which rejection-inversion tells apart: they
/// are a Zipf-Mandelbrot law of their own, with a larger shift. One table over a million ranks takes 42 ns a draw (processor time, busy
/// machine), most of it cache misses, rejection-inversion alone 27 ns, both together 20 ns with alpha = 1; 20 thousand ranks 7 ns.
/// </summary>
public sealed class ZipfRanks
{
    private const int HeadRanks = (1 << 16) - 1;
    private readonly AliasTable _head;
    private readonly RejectionInversion _tail;
    private readonly uint _headRanks;

    /// <summary>A sampler of <paramref name="count"/> ranks.</summary>
    public ZipfRanks(long count, double alpha, double shift)
    {
        _headRanks = (uint)Math.Min(count, HeadRanks);
        bool hasTail = count > _headRanks;
        var weights = new double[_headRanks + (hasTail ? 1 : 0)];
        for (int rank = 0; rank < _headRanks; rank++) weights[rank] = Weight(rank + 1, alpha, shift);
        if (hasTail)
        {
            weights[_headRanks] = TailWeight(_headRanks + 1, count, alpha, shift);
            _tail = new RejectionInversion(count - _headRanks, alpha, shift + _headRanks);
        }
        _head = new AliasTable(weights);
    }

    /// <summary>The next rank, from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Sample(ref RandomStream random)
    {
        uint rank = _head.Sample(ref random);
        return rank < _headRanks ? rank : SampleTail(ref random);
    }

    // Relative to the first rank: with a large shift and exponent the bare powers would all underflow to zero.
    private static double Weight(double rank, double alpha, double shift) => Math.Pow((rank + shift) / (1 + shift), -alpha);

    /// <summary>
    /// The sum of the weights from one rank to another by Euler and Maclaurin's formula: the integral, half of each end, a twelfth of
    /// the difference of the slopes. From rank 65536 on the next term is below 1e-16 of the sum.
    /// </summary>
    private static double TailWeight(double first, double last, double alpha, double shift)
    {
        double low = Weight(first, alpha, shift), high = Weight(last, alpha, shift);
        double log = Math.Log((last + shift) / (first + shift));
        double power = (1 - alpha) * log;
        double integral = low * (first + shift) * log * (Math.Abs(power) > 1e-8 ? (Math.Exp(power) - 1) / power : 1 + (power / 2));
        double slopes = alpha * ((low / (first + shift)) - (high / (last + shift)));
        return integral + ((low + high) / 2) + (slopes / 12);
    }

    private uint SampleTail(ref RandomStream random) => _headRanks + (uint)_tail.Sample(ref random) - 1;
}
