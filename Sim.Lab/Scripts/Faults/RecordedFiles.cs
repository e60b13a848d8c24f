using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Machines;

namespace Sim.Lab.Scripts.Faults;

/// <summary>
/// The three files of the recordings, cached as they were when they were recorded: in which folios their pages lay decides how many faults a shared store
/// takes. The recorded layout covers the first 256 pages of a file; what follows lay in single pages.
/// </summary>
internal sealed class RecordedFiles
{
    private static readonly (ulong Bytes, (int Pages, int Count)[] Folios)[] Recorded =
    [
        (1024 << 12, [(1, 32), (4, 4)]),
        (256 << 12, [(1, 32), (4, 6), (1, 2), (2, 1), (4, 1), (1, 96), (4, 7)]),
        ((64 << 12) + 100, []),
    ];

    private readonly FileObject[] _files;
    private readonly OpenFile[] _outside;

    /// <summary>The files of one case.</summary>
    public RecordedFiles(PagedKernel kernel)
    {
        _files = [.. Recorded.Select((file, number) => new FileObject($"f{number}", file.Bytes, FileKind.Disk))];
        _outside = Open();
        foreach (var (number, file) in Recorded.Index())
        {
            ulong page = 0;
            foreach (int pages in file.Folios.SelectMany(run => Enumerable.Repeat(run.Pages, run.Count)))
            {
                kernel.Cache.TryAdd(_files[number], page, int.Log2(pages), false, kernel.User, isRead: false);
                page += (ulong)pages;
            }
            for (; page < _files[number].Pages; page++) kernel.Cache.TryAdd(_files[number], page, 0, false, kernel.User, isRead: false);
        }
    }

    /// <summary>How many there are.</summary>
    public static int Count => Recorded.Length;

    /// <summary>Opens all of them anew, for reading and writing.</summary>
    public OpenFile[] Open() => [.. _files.Select(file => new OpenFile(file, isWritable: true))];

    /// <summary>What an outside process does to a file: reads all of it in pieces of 64 KiB and writes it back, or writes it back and drops it.</summary>
    public void Apply(PagedKernel kernel, string operation, int number)
    {
        const ulong piece = 16;
        if (operation == "warm")
        {
            for (ulong page = 0; page < _files[number].Pages; page += piece) kernel.Read(_outside[number], page, piece);
        }
        if (operation == "drop") kernel.Drop(_files[number]);
        else kernel.Synchronise(_files[number]);
    }

    /// <summary>What can be done to a file from outside.</summary>
    public static IReadOnlyList<string> Operations { get; } = ["warm", "drop", "sync"];
}
