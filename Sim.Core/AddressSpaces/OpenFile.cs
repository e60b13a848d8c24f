using System;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;

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

    /// <summary>How far it has been read ahead.</summary>
    public ReadaheadState Readahead { get; } = new();

    /// <summary>Mappings through it. A shared-memory object, which only its mappings keep alive, ends with the last one.</summary>
    public int Mappings { get; private set; }

    /// <summary>What is to be done when the last mapping goes.</summary>
    internal Action<ICharge>? Released { get; init; }

    internal void OnMapped()
    {
        Mappings++;
        Object.Mappings++;
    }

    internal void OnUnmapped(ICharge payer)
    {
        Object.Mappings--;
        if (--Mappings == 0) Released?.Invoke(payer);
    }
}
