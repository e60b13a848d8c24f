using System;

namespace Sim.Policies.Structures;

/// <summary>Comparing what a policy counts with what it holds.</summary>
public static class Books
{
    /// <summary>Throws when <paramref name="found"/> is not <paramref name="counted"/>.</summary>
    public static void Balance(string what, long found, long counted)
    {
        if (found != counted) throw new InvalidOperationException($"{what}: {found} found, {counted} counted");
    }

    /// <summary>Throws when <paramref name="value"/> is above <paramref name="bound"/>.</summary>
    public static void AtMost(string what, double value, double bound)
    {
        if (value > bound) throw new InvalidOperationException($"{what}: {value} is above {bound}");
    }
}
