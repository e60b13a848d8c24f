using System;
using System.Runtime.CompilerServices;

namespace Sim.Policies.Structures;

/// <summary>
/// What a page of some class and age may be expected to bring: hits per age that it stays on. Learned from the ages at which
/// pages of the class were hit and evicted:
/// <code>
///   density(a) = sum of hits(x) / sum of (x - a + 1) (hits(x) + evictions(x))        over all ages x >= a
/// </code>
/// <para>N. Beckmann, H. Chen, A. Cidon, "LHD: improving cache hit rate by maximizing hit density", USENIX NSDI 2018.</para>
/// </summary>
public readonly struct HitDensities
{
    private readonly int _ages;
    private readonly int _classes;
    private readonly float[] _hits;
    private readonly float[] _evictions;
    private readonly float[] _densities;

    /// <summary>Without evidence, a page is worth the more the higher its class and the lower its age: (class + 1) / (age + 1), scaled to at most 1.</summary>
    public HitDensities(int classes, int ages)
    {
        _ages = ages;
        _classes = classes;
        _hits = new float[classes * ages];
        _evictions = new float[classes * ages];
        _densities = new float[classes * ages];
        for (int i = 0; i < _densities.Length; i++) _densities[i] = (i / ages + 1f) / (i % ages + 1f) / classes;
    }

    /// <summary>The density of a class at an age.</summary>
    public float this[int pageClass, int age]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _densities[pageClass * _ages + age];
    }

    /// <summary>A page was hit at this age, and is of age 0 again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Hit(int pageClass, int age) => _hits[pageClass * _ages + age]++;

    /// <summary>A page was evicted at this age.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evict(int pageClass, int age) => _evictions[pageClass * _ages + age]++;

    /// <summary>Lets the evidence fade by <paramref name="decay"/> and reckons the densities anew, from the highest age down, in one pass.</summary>
    public void Reckon(float decay)
    {
        for (int pageClass = 0; pageClass < _classes; pageClass++)
        {
            double hits = 0, events = 0, lifetime = 0;
            for (int i = (pageClass + 1) * _ages - 1; i >= pageClass * _ages; i--)
            {
                _hits[i] *= decay;
                _evictions[i] *= decay;
                hits += _hits[i];
                events += _hits[i] + _evictions[i];
                lifetime += events;
                _densities[i] = events > 1e-5 ? (float)(hits / lifetime) : 0;
            }
        }
    }
}
