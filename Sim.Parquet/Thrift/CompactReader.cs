using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Unicode;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Thrift;

/// <summary>
/// Thrift's compact protocol, read field by field: <c>Begin; while (NextField()) read Field by its type or Skip</c>.
/// Reading a field as another type than it has throws. Nesting is bounded, so no input can exhaust the stack.
/// </summary>
internal sealed class CompactReader(ByteReader bytes)
{
    private const int DeepestNesting = 32;

    private readonly Stack<int> _outerFields = new();
    private CompactType _type;

    /// <summary>The id of the field that <see cref="NextField"/> found.</summary>
    public int Field { get; private set; }

    public ParquetFormatException Error(string problem) => bytes.Error(problem);

    /// <summary>Begins a struct that is no field: the outermost one, or an element of a list.</summary>
    public void Begin()
    {
        if (_outerFields.Count >= DeepestNesting) throw Error($"structures nested deeper than {DeepestNesting}");
        _outerFields.Push(Field);
        Field = 0;
    }

    public void BeginStruct()
    {
        Expect(CompactType.Struct);
        Begin();
    }

    /// <summary>False at the end of the struct that was begun last, which it closes.</summary>
    public bool NextField()
    {
        byte header = bytes.Byte();
        _type = (CompactType)(header & 0x0F);
        if (_type == CompactType.Stop)
        {
            Field = _outerFields.Pop();
            return false;
        }

        Field = (short)(header >> 4 != 0 ? Field + (header >> 4) : ZigZag(16));
        return true;
    }

    public bool Bool()
    {
        if (_type != CompactType.True) Expect(CompactType.False);
        return _type == CompactType.True;
    }

    public int Int32()
    {
        Expect(CompactType.Int32);
        return (int)ZigZag(32);
    }

    public long Int64()
    {
        Expect(CompactType.Int64);
        return ZigZag(64);
    }

    public byte[] Binary()
    {
        Expect(CompactType.Binary);
        return BinaryElement().ToArray();
    }

    public string Text()
    {
        Expect(CompactType.Binary);
        return TextElement();
    }

    /// <summary>The number of elements that follow. No more than bytes are left: an element takes one at least.</summary>
    public int List(CompactType element)
    {
        Expect(CompactType.List);
        (CompactType actual, int count) = ListHeader();
        if (count > 0 && actual != element) throw Error($"field {Field} is a list of {actual}, not of {element}");
        return count;
    }

    public int Int32Element() => (int)ZigZag(32);

    public string TextElement()
    {
        ReadOnlySpan<byte> utf8 = BinaryElement();
        return Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw Error("text is not UTF-8");
    }

    public void Skip() => Skip(_type, 0, isElement: false);

    private void Skip(CompactType type, int depth, bool isElement)
    {
        if (depth > DeepestNesting) throw Error($"structures nested deeper than {DeepestNesting}");
        switch (type)
        {
            case CompactType.True or CompactType.False:
                if (isElement) bytes.Byte();
                break;
            case CompactType.Byte:
                bytes.Byte();
                break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64:
                bytes.Varint();
                break;
            case CompactType.Double:
                bytes.Take(8);
                break;
            case CompactType.Binary:
                BinaryElement();
                break;
            case CompactType.List or CompactType.Set:
                (CompactType element, int count) = ListHeader();
                for (int i = 0; i < count; i++) Skip(element, depth + 1, isElement: true);
                break;
            case CompactType.Map:
                SkipMap(depth);
                break;
            case CompactType.Struct:
                SkipStruct(depth);
                break;
            case CompactType.Uuid:
                bytes.Take(16);
                break;
            default:
                throw Error($"unknown wire type {(int)type}");
        }
    }

    private void SkipMap(int depth)
    {
        int count = Count(bytes.Varint(32));
        if (count == 0) return;
        byte types = bytes.Byte();
        for (int i = 0; i < count; i++)
        {
            Skip((CompactType)(types >> 4), depth + 1, isElement: true);
            Skip((CompactType)(types & 0x0F), depth + 1, isElement: true);
        }
    }

    private void SkipStruct(int depth)
    {
        for (byte header = bytes.Byte(); (header & 0x0F) != 0; header = bytes.Byte())
        {
            if (header >> 4 == 0) bytes.Varint(32);
            Skip((CompactType)(header & 0x0F), depth + 1, isElement: false);
        }
    }

    private (CompactType Element, int Count) ListHeader()
    {
        byte header = bytes.Byte();
        int count = header >> 4;
        return ((CompactType)(header & 0x0F), Count(count == 15 ? bytes.Varint(32) : (ulong)count));
    }

    private int Count(ulong count) =>
        count <= (ulong)bytes.Remaining ? (int)count : throw Error($"{count} elements announced, {bytes.Remaining} bytes left");

    private ReadOnlySpan<byte> BinaryElement() => bytes.Take(Count(bytes.Varint(32)));

    private long ZigZag(int bits)
    {
        ulong raw = bytes.Varint(bits);
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    private void Expect(CompactType type)
    {
        if (_type != type) throw Error($"field {Field} has wire type {_type}, not {type}");
    }
}
