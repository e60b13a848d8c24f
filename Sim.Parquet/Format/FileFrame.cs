using System;

namespace Sim.Parquet.Format;

/// <summary>
/// What frames a file:
/// <code>
/// PAR1 | column chunks, row group by row group | footer | footer length, 4 bytes, low first | PAR1
/// </code>
/// </summary>
internal static class FileFrame
{
    public const int MagicBytes = 4;

    /// <summary>The footer's length and the magic after it.</summary>
    public const int TailBytes = 8;

    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Ends a file whose footer is encrypted.</summary>
    public static ReadOnlySpan<byte> EncryptedMagic => "PARE"u8;
}
