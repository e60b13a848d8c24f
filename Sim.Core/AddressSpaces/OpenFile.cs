namespace Sim.Core.AddressSpaces;

/// <summary>An open file, struct file: mappings of one file object through two of them do not merge.</summary>
/// <param name="target">What was opened.</param>
/// <param name="isWritable">Whether it was opened for writing too.</param>
public sealed class OpenFile(FileObject target, bool isWritable)
{
    /// <summary>What was opened.</summary>
    public FileObject Object { get; } = target;

    /// <summary>Whether it was opened for writing too. A shared mapping of one that was not can never be made writable.</summary>
    public bool IsWritable { get; } = isWritable;
}
