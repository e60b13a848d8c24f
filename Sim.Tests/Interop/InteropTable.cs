using System;
using System.Linq;
using Sim.Parquet;
using Sim.Tests.Parquet;

namespace Sim.Tests.Interop;

/// <summary>The rows that other readers are tried with: every type, required and nullable, each with its awkward values.</summary>
internal static class InteropTable
{
    private static readonly string[] _texts = ["", "plain", "naïve", "漢字", "😀 beyond", "tab\tnewline\n\"quote\"", "zero\0byte"];

    private static readonly double[] _doubles =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, double.Epsilon, double.MaxValue, -1.0 / 3];

    private static readonly long[] _longs =
        [long.MinValue, long.MaxValue, (1L << 53) + 1, -(1L << 53) - 1, 0, -1];

    private static readonly int[] _ints = [int.MinValue, int.MaxValue, 0, -1];

    public static Table Create(int rows, ParquetEncoding encoding)
    {
        ParquetColumn[] columns =
        [
            .. from nullable in new[] { false, true }
               from type in Enum.GetValues<ParquetType>()
               select new ParquetColumn($"{(nullable ? "nullable" : "required")}_{type}", type, nullable)
               {
                   Encoding = encoding,
                   Metadata = new() { ["unit"] = "µs", ["description"] = $"a {type}" },
               },
        ];
        return new Table(columns, columns.Select((column, i) => Values(column, rows, 1 + (uint)i)).ToArray());
    }

    /// <summary>A third of the values are awkward, a third repeat, a third are any; nullable columns add stretches of nulls.</summary>
    private static object?[] Values(ParquetColumn column, int rows, uint seed)
    {
        uint state = seed * 2654435761;
        object?[] values = new object?[rows];
        for (int row = 0; row < rows; row++)
        {
            // xorshift32: the files must be the same wherever they are made.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            uint pick = (state >> 8) % 3;
            uint any = pick == 2 ? state : pick == 1 ? (uint)row / 50 : state % 16;
            bool isNull = column.Nullable && (state % 5 == 0 || row / 40 % 4 == 3);
            values[row] = isNull ? null : Value(column.Type, any, isAwkward: pick == 0);
        }

        return values;
    }

    private static object Value(ParquetType type, uint any, bool isAwkward) => type switch
    {
        ParquetType.Boolean => any % 2 == 0,
        ParquetType.Int32 => isAwkward ? _ints[any % _ints.Length] : (int)any,
        ParquetType.Int64 => isAwkward ? _longs[any % _longs.Length] : any * 1_234_567_891L,
        ParquetType.Double => isAwkward ? _doubles[any % _doubles.Length] : any / 7.0,
        _ => isAwkward ? _texts[any % _texts.Length] : $"text {any}",
    };
}
