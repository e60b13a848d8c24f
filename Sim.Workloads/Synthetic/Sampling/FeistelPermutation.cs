using System.Numerics;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic.Sampling;

/// <summary>
/// A pseudo-random permutation of 0..n-1 that takes no memory: four Feistel rounds over the next whole number of bits
/// (M. Luby and C. Rackoff, SIAM J. Computing 17(2), 1988), walked along its cycle until it is back inside
/// (J. Black and P. Rogaway, Ciphers with arbitrary finite domains, CT-RSA 2002): less than two steps on average.
/// </summary>
public readonly struct FeistelPermutation
{
    private const int Rounds = 4;
    private readonly ulong _count, _key;
    private readonly int _leftBits, _rightBits;

    /// <summary>A permutation of <paramref name="count"/> numbers, chosen by the seed.</summary>
    public FeistelPermutation(long count, ulong seed)
    {
        _count = (ulong)count;
        int bits = 64 - BitOperations.LeadingZeroCount((ulong)count - 1);
        _leftBits = bits / 2;
        _rightBits = bits - _leftBits;
        _key = new RandomStream(seed).Next();
    }

    /// <summary>Where <paramref name="index"/> goes.</summary>
    public ulong this[ulong index]
    {
        get
        {
            do index = Encrypt(index);
            while (index >= _count);
            return index;
        }
    }

    private ulong Encrypt(ulong value)
    {
        int leftBits = _leftBits, rightBits = _rightBits;
        ulong left = value >> rightBits, right = value & ((1UL << rightBits) - 1);
        for (ulong round = 1; round <= Rounds; round++)
        {
            ulong mixed = (right + (round * 0x9E3779B97F4A7C15UL)) ^ _key;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            // The halves change places, and with an odd number of bits their widths; after four rounds these are as before.
            (left, right) = (right, left ^ ((mixed ^ (mixed >> 31)) & ((1UL << leftBits) - 1)));
            (leftBits, rightBits) = (rightBits, leftBits);
        }
        return (left << rightBits) | right;
    }
}
