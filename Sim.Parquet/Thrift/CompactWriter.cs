using System;
using System.Collections.Generic;
using System.Text;
using Sim.Parquet.Bytes;

namespace Sim.Parquet.Thrift;

/// <summary>
/// Thrift's compact protocol. Within a struct the fields come in ascending id; every <c>Begin</c> has its <see cref="End"/>.
/// </summary>
internal sealed class CompactWriter(ByteSink sink)
{
    private readonly Stack<int> _outerFields = new();
    private int _lastField;

    /// <summary>Begins a struct that is no field: the outermost one, or an element of a list.</summary>
    public void Begin()
    {
        _outerFields.Push(_lastField);
        _lastField = 0;
    }

    public void BeginStruct(int field)
    {
        Header(field, CompactType.Struct);
        Begin();
    }

    public void End()
    {
        sink.Byte((byte)CompactType.Stop);
        _lastField = _outerFields.Pop();
    }

    public void EmptyStruct(int field)
    {
        BeginStruct(field);
        End();
    }

    public void Bool(int field, bool value) => Header(field, value ? CompactType.True : CompactType.False);

    public void Int16(int field, short value) => Number(field, CompactType.Int16, value);

    public void Int32(int field, int value) => Number(field, CompactType.Int32, value);

    public void Int64(int field, long value) => Number(field, CompactType.Int64, value);

    public void Binary(int field, ReadOnlySpan<byte> value)
    {
        Header(field, CompactType.Binary);
        BinaryElement(value);
    }

    public void Text(int field, string value) => Binary(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Announces a list; its elements follow.</summary>
    public void List(int field, CompactType element, int count)
    {
        Header(field, CompactType.List);
        if (count < 15)
        {
            sink.Byte((byte)((count << 4) | (int)element));
            return;
        }

        sink.Byte((byte)(0xF0 | (int)element));
        sink.Varint((ulong)count);
    }

    public void Int32Element(int value) => ZigZag(value);

    public void TextElement(string value) => BinaryElement(Encoding.UTF8.GetBytes(value));

    private void BinaryElement(ReadOnlySpan<byte> value)
    {
        sink.Varint((ulong)value.Length);
        sink.Bytes(value);
    }

    private void Number(int field, CompactType type, long value)
    {
        Header(field, type);
        ZigZag(value);
    }

    private void ZigZag(long value) => sink.Varint((ulong)((value << 1) ^ (value >> 63)));

    private void Header(int field, CompactType type)
    {
        int step = field - _lastField;
        if (step is >= 1 and <= 15)
        {
            sink.Byte((byte)((step << 4) | (int)type));
        }
        else
        {
            sink.Byte((byte)type);
            ZigZag(field);
        }

        _lastField = field;
    }
}
