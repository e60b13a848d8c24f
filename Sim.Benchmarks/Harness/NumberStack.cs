using System.Runtime.CompilerServices;

namespace Sim.Benchmarks.Harness;

/// <summary>The yardstick of the allocators: numbers on a preallocated array, taken from and put on its top.</summary>
public sealed class NumberStack
{
    private readonly int[] _numbers;
    private int _top;

    private NumberStack(int count)
    {
        _numbers = new int[count];
        while (_top < count) _numbers[_top] = _top++;
    }

    /// <summary>Pairs of a pop and a push.</summary>
    public static Contender Contender(int pairs) => new("int[] stack", () =>
    {
        var stack = new NumberStack(1 << 12);
        return () =>
        {
            for (int i = 0; i < pairs; i++) stack.Push(stack.Pop());
            return pairs;
        };
    });

    // Calls of their own, as an allocator's are: inlined into the loop, a pop and its push would cancel out.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Pop() => _numbers[--_top];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Push(int number) => _numbers[_top++] = number;
}
