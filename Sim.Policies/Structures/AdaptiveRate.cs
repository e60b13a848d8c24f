using System;
using System.Runtime.CompilerServices;
using Sim.Core.Engine;

namespace Sim.Policies.Structures;

/// <summary>
/// A learning rate that climbs the hill of the hit ratio: at the end of every period it goes on in the direction that raised the ratio
/// and back where it fell, in a random direction where it stood still while the ratio fell, and starts again when nothing helped ten times.
/// <para>L. V. Rodriguez et al., "Learning cache replacement with CACHEUS", USENIX FAST 2021, section on the learning rate; thresholds and
/// rounding as in the authors' program.</para>
/// </summary>
public struct AdaptiveRate
{
    private const double Least = 0.001, Most = 1;
    private const int Patience = 10;
    private readonly int _period;
    private readonly double _restart;
    private double _current, _previous, _previousRatio;
    private int _hits, _idle, _falls, _left;

    /// <summary>Periods of <paramref name="period"/> references.</summary>
    public AdaptiveRate(int period)
    {
        _period = period;
        _left = period;
        Value = Math.Sqrt(2 * Math.Log(2) / period);
        _restart = Math.Clamp(Value, Least, Most);
        _current = Value;
    }

    /// <summary>The rate.</summary>
    public double Value { get; private set; }

    /// <summary>A reference hit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Hit() => _hits++;

    /// <summary>A reference begins; the last of each period adapts the rate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pass(ref RandomStream random)
    {
        if (--_left == 0) Adapt(ref random);
    }

    private void Adapt(ref RandomStream random)
    {
        double ratio = Math.Round(_hits / (double)_period, 3);
        double rise = Math.Round(ratio - _previousRatio, 3);
        double step = Math.Round(_current, 3) - Math.Round(_previous, 3);
        double direction = step * rise;
        if (direction != 0)
        {
            double change = Math.Abs(Value * step);
            Value = direction > 0 ? Math.Min(Value + change, Most) : Math.Max(Value - change, Least);
            _falls = 0;
            _idle = 0;
        }
        else if (rise <= 0) StandStill(ratio, rise, ref random);
        _previous = _current;
        _current = Value;
        _previousRatio = ratio;
        _hits = 0;
        _left = _period;
    }

    private void StandStill(double ratio, double rise, ref RandomStream random)
    {
        if (rise < 0) _falls++;
        if (rise < 0 || ratio <= 0) _idle++;
        if (_idle >= Patience)
        {
            Value = _restart;
            _idle = 0;
        }
        else if (rise < 0 && _falls >= Patience)
        {
            Value = _restart;
            _falls = 0;
        }
        else if (rise < 0)
        {
            if (Value >= Most) Value = 0.9;
            else if (Value <= Least) Value = 0.005;
            else Value = random.Below(2) == 0 ? Math.Min(Value * 1.25, Most) : Math.Max(Value * 0.75, Least);
        }
    }
}
