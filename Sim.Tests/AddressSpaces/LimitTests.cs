using System;
using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>Limits, stacks, segments, exec: by worked examples from the kernel's rules.</summary>
public sealed class LimitTests
{
    [Fact]
    public void TheAddressSpaceLimitCountsWhatWouldBeMapped()
    {
        var space = new DrawnSpace(limits: new AddressSpaceLimits { AddressSpace = ByteSize.OfPages(10) });
        space.Map(0, 8).ShouldBe(0);
        space.Map(10, 3).ShouldBe(SystemError.ENOMEM.AsResult());
        space.Map(6, 4).ShouldBe(6, "two of the four replace what was there");
        space.Remap(0, 10, 11).ShouldBe(SystemError.ENOMEM.AsResult());
    }

    [Fact]
    public void TheLockLimitIsAnErrorOfItsOwnInEachCall()
    {
        var space = new DrawnSpace("AAAAAAAA", limits: new AddressSpaceLimits { Locked = ByteSize.OfPages(4) });
        space.Lock(0, 5).ShouldBe(SystemError.ENOMEM.AsResult());
        space.Lock(0, 4).ShouldBe(0);
        space.Lock(0, 4).ShouldBe(0, "what is locked already does not count again");
        space.Map(20, 1, more: MapFlags.Locked).ShouldBe(SystemError.EAGAIN.AsResult());
        space.Mm.LockedPages.ShouldBe(4UL);
        var none = new DrawnSpace("A", limits: new AddressSpaceLimits { Locked = default });
        none.Lock(0, 1).ShouldBe(SystemError.EPERM.AsResult());
        none.Map(20, 1, more: MapFlags.Locked).ShouldBe(SystemError.EPERM.AsResult());
    }

    [Theory]
    [InlineData(OvercommitMode.Heuristic, 100, true)]
    [InlineData(OvercommitMode.Heuristic, 1300, false)]
    [InlineData(OvercommitMode.Always, 1300, true)]
    [InlineData(OvercommitMode.Never, 100, true)]
    [InlineData(OvercommitMode.Never, 800, false)]
    public void WhatMayBePromisedDependsOnTheMode(OvercommitMode mode, int pages, bool isPromised)
    {
        var kernel = new BareKernel(BuiltIn.AddressSpaces, ByteSize.OfPages(1000), ByteSize.OfPages(200), mode);
        Mm mm = kernel.Create(new AddressSpaceLimits());
        long result = kernel.Calls.Map(mm, new MapRequest(0, (ulong)pages << 12, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous), kernel.Payer);
        (result >= 0).ShouldBe(isPromised);
        kernel.Commit.Committed.ShouldBe(isPromised ? (ulong)pages : 0);
        bool honoursNoReserve = mode != OvercommitMode.Never;
        kernel.Calls.Map(mm, new MapRequest(0, 2000 << 12, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.NoReserve), kernel.Payer)
            .ShouldBe(honoursNoReserve ? (long)(mm.Vmas.First!.Start << 12) : SystemError.ENOMEM.AsResult());
    }

    [Fact]
    public void AStackGrowsToItsLimitAndKeepsItsGap()
    {
        var space = new DrawnSpace(limits: new AddressSpaceLimits { Stack = ByteSize.OfPages(600) });
        space.Map(0, 4).ShouldBe(0);
        space.Map(1000, 8, more: MapFlags.GrowsDown).ShouldBe(1000);
        space.Store(990).ShouldBe(AccessOutcome.Done);
        space.At(990).Start.ShouldBe(DrawnSpace.Address(990) >> 12);
        space.Mm.StackPages.ShouldBe(18UL);
        space.Store(407).ShouldBe(AccessOutcome.SegmentationFault, "601 pages");
        space.Load(408).ShouldBe(AccessOutcome.Done);
        space.Map(300, 10).ShouldBe(300);
        var near = new DrawnSpace();
        near.Map(0, 4);
        near.Map(300, 8, more: MapFlags.GrowsDown);
        near.Store(259).ShouldBe(AccessOutcome.SegmentationFault, "255 pages from the mapping below");
        near.Store(260).ShouldBe(AccessOutcome.Done);
        near.Protect(0, 4, Protection.None);
        near.Store(4).ShouldBe(AccessOutcome.Done, "what cannot be accessed needs no gap");
    }

    [Fact]
    public void ASegmentLivesUntilItIsRemovedAndNobodyIsAttached()
    {
        var kernel = new BareKernel(BuiltIn.AddressSpaces, new ByteSize(1L << 30), default);
        SharedSegments segments = kernel.Calls.Segments;
        Mm mm = kernel.Create(new AddressSpaceLimits());
        segments.Get(7, 3 * 4096, create: false, exclusive: false).ShouldBe(SystemError.ENOENT.AsResult());
        int id = (int)segments.Get(7, 3 * 4096, create: true, exclusive: true);
        segments.Get(7, 4096, create: true, exclusive: true).ShouldBe(SystemError.EEXIST.AsResult());
        segments.Get(7, 4 * 4096, create: false, exclusive: false).ShouldBe(SystemError.EINVAL.AsResult());
        segments.Get(7, 4096, create: false, exclusive: false).ShouldBe(id);
        ulong first = (ulong)segments.Attach(mm, id, 0, isReadOnly: false, replaces: false, roundsDown: false, kernel.Payer);
        ulong second = (ulong)segments.Attach(mm, id, 0, isReadOnly: false, replaces: false, roundsDown: false, kernel.Payer);
        second.ShouldBe(first - 3 * 4096);
        mm.MapCount.ShouldBe(2, "each attachment opens the segment anew");
        segments.Attach(mm, id, first, isReadOnly: false, replaces: false, roundsDown: false, kernel.Payer).ShouldBe(SystemError.EINVAL.AsResult());
        kernel.Calls.Protect(mm, first + 4096, 4096, Protection.Read, kernel.Payer).ShouldBe(0);
        segments.Attachments(id).ShouldBe(4, "pieces count");
        kernel.Calls.Protect(mm, first + 4096, 4096, Protection.ReadWrite, kernel.Payer).ShouldBe(0);
        mm.MapCount.ShouldBe(4, "the middle piece would have to go, and it hears of its end: close");
        segments.Remove(id, kernel.Payer).ShouldBe(0);
        segments.Detach(mm, first + 4096, kernel.Payer).ShouldBe(SystemError.EINVAL.AsResult());
        segments.Detach(mm, first, kernel.Payer).ShouldBe(0);
        mm.MapCount.ShouldBe(1);
        segments.Attachments(id).ShouldBe(1);
        segments.Detach(mm, second, kernel.Payer).ShouldBe(0);
        segments.Attachments(id).ShouldBe(SystemError.EINVAL.AsResult());
    }

    [Fact]
    public void ExecReplacesEverything()
    {
        var space = new DrawnSpace("AAA.bbb");
        space.Store(0);
        space.Lock(0, 1).ShouldBe(0);
        var program = new OpenFile(new FileObject("program", 1 << 20, FileKind.Disk), isWritable: false);
        space.Kernel.Calls.Replace(space.Mm, new ProgramImage(program, CodePages: 5, DataPages: 2, BssPages: 3), space.Kernel.Payer).ShouldBe(0);
        Mm mm = space.Mm;
        mm.Vmas.All().Select(vma => (vma.Pages, vma.Protection)).ShouldBe(
            [(5UL, Protection.Read | Protection.Execute), (2UL, Protection.ReadWrite), (3UL, Protection.ReadWrite), (33UL, Protection.ReadWrite)]);
        (mm.ExecutablePages, mm.DataPages, mm.StackPages, mm.LockedPages).ShouldBe((5UL, 5UL, 33UL, 0UL));
        space.Kernel.Calls.Break(mm, mm.Break + 8192, space.Kernel.Payer).ShouldBe((long)mm.Break);
        mm.MapCount.ShouldBe(4, "the heap extends the data that begins as zeros");
        space.Kernel.CountOf(KernelObject.AnonVma).ShouldBe(0);
    }

    [Fact]
    public void LockingFutureMemoryLocksTheHeapToo()
    {
        var space = new DrawnSpace("A");
        space.Kernel.Calls.LockAll(space.Mm, current: false, future: true, onFault: false, space.Kernel.Payer).ShouldBe(0);
        space.At(0).Has(VmaFlags.Locked).ShouldBeFalse();
        space.Map(5, 2);
        space.At(5).Has(VmaFlags.Locked).ShouldBeTrue();
        space.At(5).AnonVma.ShouldNotBeNull("it was populated");
        space.Fork();
        space.At(5).Has(VmaFlags.Locked).ShouldBeFalse();
        (space.Mm.DefaultFlags, space.Mm.LockedPages).ShouldBe((VmaFlags.None, 0UL));
    }

    [Fact]
    public void MsyncAndMincoreMindTheHoles()
    {
        var space = new DrawnSpace("AA.BB");
        BareKernel kernel = space.Kernel;
        long Sync(SyncFlags flags, int pages) => kernel.Calls.Synchronise(space.Mm, DrawnSpace.Address(0), (ulong)pages << 12, flags, kernel.Payer);
        Sync(SyncFlags.Sync, 2).ShouldBe(0);
        Sync(SyncFlags.Sync, 5).ShouldBe(SystemError.ENOMEM.AsResult());
        Sync(SyncFlags.Sync | SyncFlags.Async, 2).ShouldBe(SystemError.EINVAL.AsResult());
        space.Lock(0, 1).ShouldBe(0);
        Sync(SyncFlags.Invalidate, 2).ShouldBe(SystemError.EBUSY.AsResult());
        var resident = new bool[5];
        kernel.Calls.InCore(space.Mm, DrawnSpace.Address(0), 2 << 12, resident, kernel.Payer).ShouldBe(0);
        kernel.Calls.InCore(space.Mm, DrawnSpace.Address(0), 5 << 12, resident, kernel.Payer).ShouldBe(SystemError.ENOMEM.AsResult());
        kernel.Calls.InCore(space.Mm, DrawnSpace.Address(0), 2 << 12, resident.AsSpan(0, 1), kernel.Payer).ShouldBe(SystemError.EFAULT.AsResult());
    }

    [Fact]
    public void AStoreBeyondTheFilesEndIsABusErrorThatLeavesAnAnonVma()
    {
        var space = new DrawnSpace();
        var file = new OpenFile(new FileObject("f", 2 * 4096 + 1, FileKind.Disk), isWritable: true);
        space.Map(0, 5, Protection.ReadWrite, MapFlags.NoReserve, file).ShouldBe(0);
        space.Load(2).ShouldBe(AccessOutcome.Done);
        space.Load(3).ShouldBe(AccessOutcome.BusError);
        space.At(0).AnonVma.ShouldBeNull();
        space.Store(3).ShouldBe(AccessOutcome.BusError);
        space.At(0).AnonVma.ShouldNotBeNull();
    }
}
