using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds the steps on files: read, write, fsync, truncate, drop, and mmap and msync as far as they concern files.</summary>
internal static class FileStepBinder
{
    private static readonly ByteSize Largest = ByteSize.OfPages(1L << 32);

    /// <summary>The steps that are bound here.</summary>
    public static readonly string[] Kinds = ["read", "write", "fsync", "truncate", "drop"];

    /// <summary>A step by its key.</summary>
    public static ProgramStep Bind(string kind, Setting setting)
    {
        if (kind is "fsync" or "drop")
            return new FileCallStep(kind == "fsync" ? TaskStepKind.FileSync : TaskStepKind.FileDrop, setting.Scope.Files.Find(setting).Number, 0, 0);
        MapReader map = setting.Map();
        (int number, FileSpec file) = setting.Scope.Files.Find(map.Require("file", "data"));
        if (kind == "truncate")
        {
            Setting to = map.Require("size", "32MiB");
            map.Close();
            return new FileCallStep(TaskStepKind.FileTruncate, number, to.Bytes(default, Largest).Bytes, 0);
        }
        Setting? offsetAt = map.Find("offset"), sizeAt = map.Find("size");
        map.Close();
        long offset = offsetAt?.Bytes(default, Largest).Bytes ?? 0;
        long size = sizeAt?.Bytes(new ByteSize(1), Largest).Bytes ?? file.Size.Bytes - offset;
        if (size <= 0) throw setting.Error($"there is nothing from {new ByteSize(offset)} on in the {file.Size} of '{file.Name}'; give a size");
        return new FileCallStep(kind == "read" ? TaskStepKind.FileRead : TaskStepKind.FileWrite, number, offset, size);
    }

    /// <summary>mmap: {name, file, offset, size, shared, access, populate}; without size up to the file's end as it is at the start.</summary>
    public static MapFileStep Map(Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting name = map.Require("name", "table"), fileAt = map.Require("file", "data");
        Setting? offsetAt = map.Find("offset"), sizeAt = map.Find("size"), sharedAt = map.Find("shared"), accessAt = map.Find("access"), populateAt = map.Find("populate");
        map.Close();
        (int number, FileSpec file) = setting.Scope.Files.Find(fileAt);
        if (regions.Has(name.Text())) throw name.Error($"a region '{name.Text()}' is mapped already; munmap it first, or choose another name");
        long offset = offsetAt?.Size(default, Largest).Pages ?? 0;
        long all = (file.Size.Bytes + ByteSize.PageBytes - 1) / ByteSize.PageBytes;
        if (sizeAt is null && offset >= all) throw setting.Error($"there is nothing from {ByteSize.OfPages(offset)} on in the {file.Size} of '{file.Name}'; give a size");
        long pages = sizeAt?.Size(new ByteSize(ByteSize.PageBytes), Largest).Pages ?? all - offset;
        Protection access = accessAt?.OneOf("access", "r", "rw") == "r" ? Protection.Read : Protection.ReadWrite;
        regions.Put(name.Text(), pages);
        MapFlags flags = (sharedAt?.Flag() == true ? MapFlags.Shared : MapFlags.Private) | (populateAt?.Flag() == true ? MapFlags.Populate : 0);
        return new MapFileStep(name.Text(), pages, number, offset, (int)access, (int)flags);
    }
}
