using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sim.Core.Engine;

/// <summary>
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021), its state
/// filled by four splitmix64 outputs of the seed. A mutable struct: pass it by reference.
/// </summary>
public struct RandomStream
{
    private const double Ulp = 1.0 / (1UL << 53);
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>The stream of <paramref name="seed"/>.</summary>
    public RandomStream(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>
    /// The seed of one component's stream. Streams are named, not numbered in order of creation, so that adding a component
    /// leaves the draws of all others as they were.
    /// </summary>
    /// <param name="seed">The study's seed.</param>
    /// <param name="replication">From 0.</param>
    /// <param name="path">The component: "process/db/0/access".</param>
    public static ulong SeedOf(ulong seed, int replication, string path)
    {
        ulong state = Fnv1A(path) ^ (seed * 0x9E3779B97F4A7C15UL);
        ulong mixed = SplitMix64(ref state) + (ulong)(uint)replication * 0xD1B54A32D192ED03UL;
        return SplitMix64(ref mixed);
    }

    /// <summary>64 uniform bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (Next() >> 11) * Ulp;

    /// <summary>Uniform in [0, <paramref name="bound"/>): the high word of a product, biased by less than bound / 2^64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);

    /// <summary>Exponential with the given mean.</summary>
    public double NextExponential(double mean) => -mean * Math.Log(1 - NextDouble());

    private static ulong SplitMix64(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static ulong Fnv1A(string text)
    {
        ulong hash = 14695981039346656037UL;
        foreach (byte value in Encoding.UTF8.GetBytes(text)) hash = (hash ^ value) * 1099511628211UL;
        return hash;
    }
}
