using System.Runtime.CompilerServices;

namespace Sim.Core.Contracts;

/// <summary>
/// A memory reference, as blocks of them are handed to a CPU; the layout of an access word in recordings of real programs.
/// <code>
///   | virtual page : 52 | repeat : 8 | 0 | 0 | fetch | store |
///   63                12           4   3   2   1       0
/// </code>
/// <c>repeat</c> counts consecutive references of one kind to one page, at least 1.
/// </summary>
public static class ReferenceWord
{
    public const int PageShift = 12;
    public const int RepeatShift = 4;
    public const ulong RepeatMask = 0xff;
    public const ulong Store = 1;
    public const ulong Fetch = 2;

    /// <summary>One load, or with <see cref="Store"/> one store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong page, ulong flags) => page << PageShift | 1 << RepeatShift | flags;
}
