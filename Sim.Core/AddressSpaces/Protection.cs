using System;

namespace Sim.Core.AddressSpaces;

/// <summary>What a mapping may be used for. The bits are those of <see cref="VmaFlags"/>.</summary>
[Flags]
public enum Protection : byte
{
    None = 0,
    Read = 1,
    Write = 2,
    Execute = 4,
    ReadWrite = Read | Write,
}
