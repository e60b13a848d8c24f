using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;

namespace Sim.Lab.Experiments.Binding;

/// <summary>The files that a study declares, and their numbers in steps.</summary>
internal sealed class FileScope
{
    private static readonly ByteSize Largest = ByteSize.OfPages(1L << 32);
    private readonly List<FileSpec> _files = [];

    /// <summary>No files.</summary>
    public static FileScope None { get; } = new();

    /// <summary>The files by name.</summary>
    public IReadOnlyList<FileSpec> All => _files;

    /// <summary>Binds files: a map of names, each with a size or with {size, cached}. The setting is null where the study has none.</summary>
    public static FileScope Bind(Setting? setting)
    {
        if (setting is null) return None;
        var scope = new FileScope();
        foreach (Documents.MapEntry entry in setting.Map().Node.Entries.OrderBy(entry => entry.Key, System.StringComparer.Ordinal))
        {
            var file = new Setting(entry.Value, $"{setting.Path}.{entry.Key}", setting.Scope);
            MapReader? map = file.Node is Documents.MapNode ? new Setting(entry.Value, setting.Path, setting.Scope).Map() : null;
            Setting sizeAt = map?.Require("size", "64MiB") ?? file;
            Setting? cachedAt = map?.Find("cached");
            map?.Close();
            ByteSize size = sizeAt.Bytes(default, Largest);
            long pages = (size.Bytes + ByteSize.PageBytes - 1) / ByteSize.PageBytes;
            scope._files.Add(new FileSpec(entry.Key, size, (long)(pages * (cachedAt?.Share() ?? 0))));
        }
        return scope;
    }

    /// <summary>The number of the file that a setting names, and the file. Throws at the setting where there is none.</summary>
    public (int Number, FileSpec File) Find(Setting name)
    {
        int number = _files.FindIndex(file => file.Name == name.Text());
        if (number >= 0) return (number, _files[number]);
        throw name.Error(_files.Count == 0
            ? $"the study declares no file '{name.Text()}'; files stand at its top: files: {{{name.Text()}: 64MiB}}"
            : $"there is no file '{name.Text()}'; {NearestName.Suggest(name.Text(), _files.Select(file => file.Name))}");
    }
}
