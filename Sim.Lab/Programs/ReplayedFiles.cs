using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Machines;

namespace Sim.Lab.Programs;

/// <summary>The files that recorded programs map, by inode: what is mapped of them is in the page cache already, in single pages.</summary>
internal sealed class ReplayedFiles(PagedKernel kernel)
{
    private readonly Dictionary<(ulong Inode, ulong Bytes), FileObject> _files = [];

    /// <summary>Shared memory that is no file.</summary>
    public ReplayedSegments Segments { get; } = new(kernel);

    /// <summary>Opens a file that is so long.</summary>
    public OpenFile Open(string path, ulong inode, ulong bytes)
    {
        if (!_files.TryGetValue((inode, bytes), out FileObject? file))
        {
            FileKind kind = path.StartsWith("/dev/shm/", StringComparison.Ordinal) || path.StartsWith("/memfd:", StringComparison.Ordinal) ? FileKind.SharedMemory : FileKind.Disk;
            _files.Add((inode, bytes), file = new FileObject(path, bytes, kind));
        }
        return new OpenFile(file, isWritable: true);
    }

    /// <summary>Caches what of a range of a file is not cached yet: a warm page cache. False where memory does not suffice.</summary>
    public bool TryWarm(FileObject file, ulong page, ulong pages)
    {
        ulong end = page + ulong.Min(pages, file.Pages - ulong.Min(page, file.Pages));
        for (; page < end; page++)
        {
            if (file.Cache.Find(page) is null && !kernel.Cache.TryAdd(file, page, 0, false, kernel.User, isRead: false)) return false;
        }
        return true;
    }
}
