using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Reclaim;

namespace Sim.Core.Machines;

/// <summary>The files of a machine, by number from 0, and who has them open: a process opens each once.</summary>
internal sealed class MachineFiles
{
    private readonly FileObject[] _files;
    private readonly Dictionary<(int Process, int File), OpenFile> _open = [];

    public MachineFiles(IReadOnlyList<FileSpec> files) => _files = [.. files.Select(file => new FileObject(file.Name, (ulong)file.Size.Bytes, FileKind.Disk))];

    /// <summary>A file.</summary>
    public FileObject this[int number] => _files[number];

    /// <summary>A file as a process has it open, for reading and writing.</summary>
    public OpenFile Open(Process process, int number)
    {
        if (!_open.TryGetValue((process.Id, number), out OpenFile? open)) _open.Add((process.Id, number), open = new OpenFile(_files[number], isWritable: true));
        return open;
    }

    /// <summary>
    /// Puts what is in memory from the start there, without time and charged to no process, while memory is more than an eighth free.
    /// </summary>
    public void Cache(IReadOnlyList<FileSpec> specs, PageCache cache, MachineParts parts)
    {
        var user = new CacheUser(parts.Domains.ForFiles(), new CounterSet(), FreeOfCharge.AtNoTime);
        foreach (var (number, spec) in specs.Index())
        {
            cache.Register(_files[number]);
            for (long page = 0; page < spec.CachedPages && parts.Allocator.FreeFrames > parts.Frames.Length / 8; page++)
                cache.TryAdd(_files[number], (ulong)page, 0, false, user, isRead: false);
        }
        parts.Domains.Frames.Abandon(user.Domain);
    }
}
