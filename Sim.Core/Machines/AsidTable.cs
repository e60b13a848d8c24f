using Sim.Core.AddressSpaces;

namespace Sim.Core.Machines;

/// <summary>
/// The address-space identifiers of one CPU, given out round-robin as Linux's choose_new_asid does, and for each the flush generation that the
/// TLB is up to. Without identifiers every change of address space flushes.
/// </summary>
internal sealed class AsidTable(int asids)
{
    /// <summary>Stands for the kernel's own address space, which has no number: init_mm.</summary>
    private const int Kernel = int.MaxValue;

    private readonly (int AddressSpace, long Generation)[] _slots = CreateSlots(asids);
    private int _next;
    private int _current = -1;

    /// <summary>What to do with the TLB before <paramref name="mm"/>, or with null the kernel's own address space, is loaded: nothing, or flush its identifier.</summary>
    /// <returns>The identifier, and whether its entries must be flushed first.</returns>
    public (int Asid, bool MustFlush) Enter(Mm? mm)
    {
        (int index, long generation) = mm is null ? (Kernel, 0) : (mm.Index, mm.TlbGeneration);
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot].AddressSpace != index) continue;
            bool isBehind = _slots[slot].Generation != generation;
            bool isAnother = asids == 0 && _current != slot;
            _slots[slot].Generation = generation;
            _current = slot;
            return (AsidOf(slot), isBehind || isAnother);
        }
        _current = _next;
        _next = (_next + 1) % _slots.Length;
        _slots[_current] = (index, generation);
        return (AsidOf(_current), true);
    }

    /// <summary>Whether the loaded address space, which has had so many flushes, has seen them all.</summary>
    public bool HasSeen(long generation) => _slots[_current].Generation == generation;

    /// <summary>
    /// The running address space's TLB entries have seen a flush. One that overtook an earlier flush, which is still on its way, counts for
    /// nothing: the address space then flushes once more than it must when it comes back.
    /// </summary>
    public void CatchUp(long generation)
    {
        if (_slots[_current].Generation + 1 == generation) _slots[_current].Generation = generation;
    }

    /// <summary>Whether what the TLB holds of an address space is up to date; false also when it holds nothing.</summary>
    public bool IsCurrent(Mm mm, out int asid)
    {
        asid = 0;
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            asid = AsidOf(slot);
            if (_slots[slot].AddressSpace == mm.Index) return _slots[slot].Generation == mm.TlbGeneration;
        }
        return false;
    }

    private int AsidOf(int slot) => asids == 0 ? 0 : slot + 1;

    private static (int, long)[] CreateSlots(int asids)
    {
        var slots = new (int, long)[asids == 0 ? 1 : asids];
        System.Array.Fill(slots, (-1, 0));
        return slots;
    }
}
