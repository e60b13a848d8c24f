namespace Sim.Core.Hardware;

/// <summary>
/// An array under lru as the access loop asks it for base pages: a struct that is compiled into the loop. It works on the array's own memory, so that
/// flushes, which go by the array, find what it leaves.
/// </summary>
internal interface ILruView<TSelf>
    where TSelf : struct, ILruView<TSelf>
{
    /// <summary>A view of an array of the right form.</summary>
    static abstract TSelf Of(TlbArray array);

    /// <summary>The entry that translates a key, or 0. Counts as a use of it.</summary>
    ulong Lookup(ulong key);

    /// <summary>Puts in a translation that is not here.</summary>
    void Insert(ulong entry);

    /// <summary>Puts in a translation, in place of the same one with other flags if that is here.</summary>
    void Renew(ulong entry);
}
