using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>A node of the schema as the file has it.</summary>
internal sealed record SchemaElement(PhysicalType? Type, int Repetition, string? Name, int Children, int? Converted, int? Logical)
{
    private const int RequiredOrAbsent = (int)Format.Repetition.Required;

    public static SchemaElement Read(CompactReader thrift)
    {
        SchemaElement element = new(null, RequiredOrAbsent, null, 0, null, null);
        thrift.Begin();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1:
                    element = element with { Type = (PhysicalType)thrift.Int32() };
                    break;
                case 3:
                    element = element with { Repetition = thrift.Int32() };
                    break;
                case 4:
                    element = element with { Name = thrift.Text() };
                    break;
                case 5:
                    element = element with { Children = thrift.Int32() };
                    break;
                case 6:
                    element = element with { Converted = thrift.Int32() };
                    break;
                case 10:
                    element = element with { Logical = ReadUnion(thrift) };
                    break;
                default:
                    thrift.Skip();
                    break;
            }
        }

        return element;
    }

    public ParquetColumn ToColumn(CompactReader thrift)
    {
        if (string.IsNullOrEmpty(Name)) throw thrift.Error("a column without a name");
        string name = ParquetFormatException.Quote(Name);
        if (Children != 0 || Type is null) throw thrift.Error($"nesting is not supported: column {name} is a group");
        if (Repetition == (int)Format.Repetition.Repeated) throw thrift.Error($"nesting is not supported: column {name} is repeated");
        if (Repetition is < 0 or > 2) throw thrift.Error($"column {name} has unknown repetition {Repetition}");
        ParquetType type = Type switch
        {
            PhysicalType.Boolean => ParquetType.Boolean,
            PhysicalType.Int32 => ParquetType.Int32,
            PhysicalType.Int64 => ParquetType.Int64,
            PhysicalType.Double => ParquetType.Double,
            PhysicalType.ByteArray when IsText => ParquetType.String,
            PhysicalType.ByteArray => throw thrift.Error(
                $"column {name} has unsupported type ByteArray with annotation {Logical?.ToString() ?? $"converted {Converted}"}"),
            _ => throw thrift.Error($"column {name} has unsupported type {Type}"),
        };
        return new ParquetColumn(Name, type, Repetition == (int)Format.Repetition.Optional);
    }

    /// <summary>String, enum or JSON, by either annotation; or none, as older writers leave text.</summary>
    private bool IsText => Logical is null ? Converted is null or 0 or 4 or 19 : Logical is 1 or 4 or 12;

    /// <summary>The id of the one field of a union: which logical type it is.</summary>
    private static int? ReadUnion(CompactReader thrift)
    {
        int? id = null;
        thrift.BeginStruct();
        while (thrift.NextField())
        {
            id = thrift.Field;
            thrift.Skip();
        }

        return id;
    }
}
