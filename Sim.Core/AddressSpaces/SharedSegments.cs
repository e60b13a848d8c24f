using System.Collections.Generic;
using Sim.Core.AddressSpaces.Syscalls;
using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// System V shared memory, the IPC shared region: ipc/shm.c of Linux 6.18. A segment lives until it is removed and nothing is attached; each mapping
/// of it counts as an attachment, pieces too.
/// </summary>
public sealed class SharedSegments
{
    /// <summary>shmget: a segment of one's own, whatever the key.</summary>
    public const int PrivateKey = 0;

    private readonly Mapping _mapping;
    private readonly Unmapping _unmapping;
    private readonly IFilePages? _files;
    private readonly List<Segment?> _segments = [];

    internal SharedSegments(Mapping mapping, Unmapping unmapping, IFilePages? files)
    {
        _files = files;
        _mapping = mapping;
        _unmapping = unmapping;
    }

    /// <summary>shmget: the identifier of the segment with a key, made if asked for.</summary>
    public long Get(int key, ulong bytes, bool create, bool exclusive)
    {
        if (key != PrivateKey)
        {
            int found = _segments.FindIndex(segment => segment is { IsRemoved: false } && segment.Key == key);
            if (found >= 0)
            {
                if (create && exclusive) return SystemError.EEXIST.AsResult();
                return bytes > _segments[found]!.Object.Bytes ? SystemError.EINVAL.AsResult() : found;
            }
            if (!create) return SystemError.ENOENT.AsResult();
        }
        ulong pages = AddressSpaceLayout.PagesOf(bytes);
        if (bytes == 0 || pages == 0) return SystemError.EINVAL.AsResult();
        int identifier = _segments.FindIndex(segment => segment is null);
        if (identifier < 0)
        {
            identifier = _segments.Count;
            _segments.Add(null);
        }
        _segments[identifier] = new Segment(key, new FileObject($"SYSV{key:x8}", pages << 12, FileKind.SystemV));
        return identifier;
    }

    /// <summary>shmat: maps a segment where asked, or where there is room. Returns the address.</summary>
    public long Attach(Mm mm, int identifier, ulong address, bool isReadOnly, bool replaces, bool roundsDown, ICharge payer)
    {
        // Without IPC_RMID's mark a removed segment can still be attached by those who know it, as in Linux.
        if (Find(identifier) is not { } segment) return SystemError.EINVAL.AsResult();
        if (address != 0 && AddressSpaceLayout.IsUnaligned(address))
        {
            if (!roundsDown) return SystemError.EINVAL.AsResult();
            address &= ~4095UL;
        }
        if (address == 0 && replaces) return SystemError.EINVAL.AsResult();
        ulong bytes = segment.Object.Bytes;
        if (address != 0 && !replaces)
        {
            ulong start = address >> 12, end = start + (bytes >> 12);
            if (mm.Vmas.Find(start) is { } found && found.Start < end) return SystemError.EINVAL.AsResult();
        }
        MapFlags flags = MapFlags.Shared | (address != 0 ? MapFlags.Fixed : 0);
        Protection access = isReadOnly ? Protection.Read : Protection.ReadWrite;
        // Every attachment opens the segment anew, so two never merge.
        var file = new OpenFile(segment.Object, !isReadOnly) { Released = payer => DropIfRemoved(identifier, payer) };
        return _mapping.Call(mm, new MapRequest(address, bytes, access, flags, file), payer);
    }

    /// <summary>shmdt: unmaps every piece of the segment that was attached at an address and still lies where it then was.</summary>
    public long Detach(Mm mm, ulong address, ICharge payer)
    {
        if (AddressSpaceLayout.IsUnaligned(address)) return SystemError.EINVAL.AsResult();
        ulong page = address >> 12;
        Vma? vma = mm.Vmas.Find(page);
        while (vma is not null && !(IsSegment(vma) && vma.Start - page == vma.PageOffset)) vma = vma.Next;
        if (vma is null) return SystemError.EINVAL.AsResult();
        OpenFile file = vma.File!;
        ulong end = page + file.Object.Pages;
        while (vma is not null && vma.End <= end)
        {
            Vma? next = vma.Next;
            if (ReferenceEquals(vma.File, file) && vma.Start - page == vma.PageOffset)
                _unmapping.Unmap(mm, vma.Start, vma.End, payer);
            vma = next;
        }
        return 0;
    }

    /// <summary>shmctl(IPC_RMID): the segment goes when nothing is attached any more.</summary>
    public long Remove(int identifier, ICharge payer)
    {
        if (Find(identifier) is not { } segment) return SystemError.EINVAL.AsResult();
        segment.IsRemoved = true;
        DropIfRemoved(identifier, payer);
        return 0;
    }

    /// <summary>What the mappings of a segment map.</summary>
    public FileObject ObjectOf(int identifier) => _segments[identifier]!.Object;

    /// <summary>Removes every segment, as at shutdown.</summary>
    public void RemoveAll(ICharge payer)
    {
        for (int identifier = 0; identifier < _segments.Count; identifier++)
        {
            if (_segments[identifier] is not null) Remove(identifier, payer);
        }
    }

    /// <summary>shmctl(IPC_STAT): how many mappings are attached; negative an error.</summary>
    public long Attachments(int identifier) => Find(identifier) is { } segment ? segment.Object.Mappings : SystemError.EINVAL.AsResult();

    private static bool IsSegment(Vma vma) => vma.File?.Object.Kind == FileKind.SystemV;

    private Segment? Find(int identifier) => identifier >= 0 && identifier < _segments.Count ? _segments[identifier] : null;

    private void DropIfRemoved(int identifier, ICharge payer)
    {
        if (_segments[identifier] is not { IsRemoved: true, Object.Mappings: 0 } segment) return;
        _segments[identifier] = null;
        _files?.Remove(segment.Object, 0, ulong.MaxValue, payer);
    }

    private sealed class Segment(int key, FileObject target)
    {
        public int Key { get; } = key;

        public FileObject Object { get; } = target;

        public bool IsRemoved { get; set; }
    }
}
