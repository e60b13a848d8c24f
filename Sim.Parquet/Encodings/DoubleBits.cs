using System;
using System.Collections.Generic;

namespace Sim.Parquet.Encodings;

/// <summary>Doubles are the same if their bits are: two zeros, and as many NaNs as there are payloads.</summary>
internal sealed class DoubleBits : IEqualityComparer<double>
{
    public bool Equals(double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y);

    public int GetHashCode(double value) => BitConverter.DoubleToInt64Bits(value).GetHashCode();
}
