using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sim.Parquet;
using Sim.Tests.Parquet;
using Xunit;

namespace Sim.Tests.Interop;

/// <summary>
/// The files that other readers are tried with. Where SIM_INTEROP_OUT names a folder they are left there for check.mjs, each with what
/// it holds beside it as JSON (64-bit integers as text, doubles as the hexadecimal of their bits).
/// </summary>
public sealed class InteropFilesTests
{
    public static TheoryData<int, ParquetEncoding, ParquetCompression> Files
    {
        get
        {
            TheoryData<int, ParquetEncoding, ParquetCompression> files = [];
            foreach (int rows in new[] { 0, 1, 7, 8, 9, 1000, 20011 })
            {
                foreach (ParquetEncoding encoding in Enum.GetValues<ParquetEncoding>())
                {
                    foreach (ParquetCompression compression in Enum.GetValues<ParquetCompression>()) files.Add(rows, encoding, compression);
                }
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void TheInteropFilesAreReadBackByOurReader(int rows, ParquetEncoding encoding, ParquetCompression compression)
    {
        Table table = InteropTable.Create(rows, encoding);
        ParquetWriterOptions options = new() { RowGroupRows = rows < 1000 ? 8 : 6000, PageBytes = 8000, DictionaryBytes = 30_000, Compression = compression };
        byte[] file = table.Write(options, batch: 1000, configure: writer => writer.Metadata["study"] = "größe");
        Table.Read(file).ShouldHold(table);

        if (Environment.GetEnvironmentVariable("SIM_INTEROP_OUT") is not { Length: > 0 } folder) return;
        string stem = $"{rows:d5}-{encoding}-{compression}".ToLowerInvariant();
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, stem + ".parquet"), file);
        File.WriteAllText(Path.Combine(folder, stem + ".json"), Expectation(table));
    }

    private static string Expectation(Table table) => JsonSerializer.Serialize(new
    {
        metadata = new { study = "größe" },
        columns = table.Columns.Select((column, i) => new
        {
            name = column.Name,
            type = column.Type.ToString(),
            nullable = column.Nullable,
            metadata = column.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value),
            values = table.Values[i].Select(Exact),
        }),
    });

    private static object? Exact(object? value) => value switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        _ => value,
    };
}
