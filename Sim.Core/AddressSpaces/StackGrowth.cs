using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>A fault below a stack extends it: expand_downwards and acct_stack_growth of mm/vma.c, Linux 6.18.</summary>
public sealed class StackGrowth(AnonVmas anonVmas, CommitAccount commit)
{
    /// <summary>Extends the stack that lies above a page down to it. 0, or the error: then the access was a bad one.</summary>
    public SystemError Grow(Mm mm, Vma stack, ulong page, ICharge payer)
    {
        if (!stack.Has(VmaFlags.GrowsDown)) return SystemError.EFAULT;
        if (page < AddressSpaceLayout.LowestPage) return SystemError.EPERM;
        bool leavesNoGap = stack.Previous is { } below && !below.Has(VmaFlags.GrowsDown) && below.Has(VmaFlags.AccessMask)
            && page - below.End < AddressSpaceLayout.StackGuardGap;
        if (leavesNoGap) return SystemError.ENOMEM;
        if (page >= stack.Start) return 0;
        if (!anonVmas.TryPrepare(stack, payer)) return SystemError.ENOMEM;
        ulong size = stack.End - page, more = stack.Start - page;
        bool isAllowed = more <= stack.PageOffset && mm.MayExpand(stack.Flags, more) && size << 12 <= (ulong)mm.Limits.Stack.Bytes
            && mm.MayLock(stack.Flags, more);
        if (!isAllowed || !commit.TryCommit(mm, more)) return SystemError.ENOMEM;
        if (stack.Has(VmaFlags.Locked)) mm.LockedPages += more;
        mm.AddMapped(stack.Flags, (long)more);
        stack.PageOffset -= more;
        mm.Vmas.Move(stack, page, stack.End);
        return 0;
    }
}
