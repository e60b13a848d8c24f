namespace Sim.Core.Units;

/// <summary>
/// What a page is, wherever it lies: the same before it is evicted and after it comes back. A private anonymous page
/// gets a number when it is first allocated, keeps it in its swap slot, and a copy-on-write copy gets a new one. A page of a file is
/// known by the file and its place there.
/// <code>
///   anonymous   | 0 | 0 | number : 62                  |
///   of a file   | 0 | 1 | file : 22    | page : 40     |
/// </code>
/// </summary>
public readonly record struct PageIdentity(ulong Value)
{
    private const ulong FileMark = 1UL << 62;
    private const int FileShift = 40;

    /// <summary>Files that can be told apart.</summary>
    public const int MostFiles = 1 << 22;

    /// <summary>The number of the file that it is a page of.</summary>
    public int File => (int)((Value & ~FileMark) >> FileShift);

    /// <summary>Which page of the file it is.</summary>
    public ulong FilePage => Value & ((1UL << FileShift) - 1);

    /// <summary>A page of a file.</summary>
    public static PageIdentity OfFile(int file, ulong page) => new(FileMark | (ulong)file << FileShift | page);
}
