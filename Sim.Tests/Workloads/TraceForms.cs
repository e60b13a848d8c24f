using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Sim.Workloads.Traces;

namespace Sim.Tests.Workloads;

/// <summary>Page ids as a file of each format, and back.</summary>
internal static class TraceForms
{
    /// <summary>A file of any format. ChampSim's holds no page 0.</summary>
    public static byte[] Of(TraceFormat format, ulong[] ids) => format switch
    {
        TraceFormat.Text => Text(ids),
        TraceFormat.U32 => Binary(ids, sizeof(uint)),
        TraceFormat.U64 => Binary(ids, sizeof(ulong)),
        TraceFormat.OracleGeneral => OracleGeneral(ids),
        TraceFormat.ChampSim => ChampSim(ids),
        _ => Lackey(ids),
    };

    public static byte[] Text(ulong[] ids) => Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => $"{id}\n")));

    public static byte[] Lackey(ulong[] ids) => Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => $" L {id << 12:x8},8\n")));

    public static byte[] Binary(ulong[] ids, int width) => [.. ids.SelectMany(id => BitConverter.GetBytes(id).Take(width))];

    public static byte[] OracleGeneral(ulong[] ids)
    {
        var next = new Dictionary<ulong, long>();
        var records = new byte[ids.Length][];
        for (int i = ids.Length - 1; i >= 0; i--)
        {
            records[i] = [.. BitConverter.GetBytes(i / 10), .. BitConverter.GetBytes(ids[i]), .. BitConverter.GetBytes(4096), .. BitConverter.GetBytes(next.GetValueOrDefault(ids[i], -1))];
            next[ids[i]] = i;
        }
        return [.. records.SelectMany(record => record)];
    }

    public static byte[] ChampSim(ulong[] ids) =>
        [.. ids.Select((id, i) => i % 2 == 0 ? Record(0x401000, [id << 12], []) : Record(0x401004, [], [id << 12])).SelectMany(record => record)];

    public static byte[] Record(ulong ip, ulong[] written, ulong[] read)
    {
        var record = new byte[64];
        BitConverter.TryWriteBytes(record, ip);
        record[10] = 26;
        for (int i = 0; i < written.Length; i++) BitConverter.TryWriteBytes(record.AsSpan(16 + (8 * i)), written[i]);
        for (int i = 0; i < read.Length; i++) BitConverter.TryWriteBytes(record.AsSpan(32 + (8 * i)), read[i]);
        return record;
    }

    public static ulong[] Ids(TraceReader reader)
    {
        using (reader)
        {
            var block = new ulong[100];
            var ids = new List<ulong>();
            for (int read = reader.Read(block); read > 0; read = reader.Read(block)) ids.AddRange(block.AsSpan(0, read));
            return [.. ids];
        }
    }

    public static byte[] Gzip(byte[] content)
    {
        var data = new MemoryStream();
        using (var gzip = new GZipStream(data, CompressionLevel.Fastest)) gzip.Write(content);
        return data.ToArray();
    }
}
