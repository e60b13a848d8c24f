using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Tests.Reclaim;

/// <summary>Measures what a policy keeps, by its fields.</summary>
internal static class PolicyState
{
    /// <summary>Bytes of all arrays behind a policy. Throws where it holds anything else that could grow.</summary>
    public static long Bytes(object state)
    {
        Type type = state.GetType();
        if (type.IsPrimitive || type.IsEnum) return 0;
        if (state is Array array) return (long)array.Length * SizeOf(type.GetElementType()!);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FrameArray<>))
            return (long)type.GetProperty("Length")!.GetValue(state)! * SizeOf(type.GetGenericArguments()[0]);
        if (!type.IsValueType) throw new InvalidOperationException($"a policy keeps its state in arrays, not in a {type}");
        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => field.GetValue(state)).Sum(value => value is null ? 0 : Bytes(value));
    }

    private static int SizeOf(Type element) =>
        (int)typeof(Unsafe).GetMethod("SizeOf")!.MakeGenericMethod(element).Invoke(null, null)!;
}
