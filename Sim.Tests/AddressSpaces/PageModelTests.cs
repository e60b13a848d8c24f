using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>
/// Random series of calls under every merge policy and index, against an array of pages: the same pages mapped with the same attributes always. Only
/// the boundaries of mappings may differ, and with them VM_ACCOUNT, which follows the mapping that a page lies in.
/// </summary>
public sealed class PageModelTests
{
    private const int Window = 64;
    private const ulong Origin = 0x10_0000;
    private const VmaFlags Ignored = VmaFlags.Account;

    private static readonly Advice[] Advices =
        [Advice.DontFork, Advice.DoFork, Advice.DontDump, Advice.DoDump, Advice.HugePage, Advice.NoHugePage, Advice.Random, Advice.Sequential, Advice.Normal, Advice.Mergeable];

    public static TheoryData<string, string> Policies
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (PolicyEntry merge in BuiltIn.Policies.At("vma-merge"))
            {
                foreach (PolicyEntry index in BuiltIn.Policies.At("vma-index")) pairs.Add(merge.Name, index.Name);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void TheSamePagesAreMappedWithTheSameAttributes(string merge, string index)
    {
        string options = merge switch
        {
            "deferred" => "(calls=5)",
            "size-bounded" => "(size=24KiB)",
            _ => "",
        };
        var policies = new AddressSpacePolicies(PolicyChoice.Parse(BuiltIn.Policies, "vma-merge", merge + options),
            PolicyChoice.Parse(BuiltIn.Policies, "vma-index", index), BuiltIn.AddressSpaces.Placement, BuiltIn.AddressSpaces.Fork);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Follow(policies, (ulong)seed)));
    }

    private static void Follow(AddressSpacePolicies policies, ulong seed)
    {
        var space = new CallsUnderTest(policies: policies);
        var model = new PageModel(Window);
        var random = new RandomStream(seed);
        OpenFile[] files = [.. Enumerable.Range(0, 2).Select(number => new OpenFile(new FileObject($"f{number}", 1 << 20, FileKind.Disk), isWritable: true))];
        for (int step = 0; step < 150; step++)
        {
            Step(space, model, ref random, files);
            Compare(space, model);
        }
        space.EndAndCheckThatNothingIsLeft();
    }

    private static void Step(CallsUnderTest space, PageModel model, ref RandomStream random, OpenFile[] files)
    {
        int length = 1 + (int)random.Below(8), first = (int)random.Below((ulong)(Window - length + 1));
        (ulong page, ulong pages) = (Origin + (ulong)first, (ulong)length);
        switch (random.Below(20))
        {
            case < 6:
                Map(space, model, ref random, files, first, length);
                break;
            case < 8:
                space.Unmap(page, pages).ShouldBe(0);
                model.Unmap(first, length);
                break;
            case < 11:
                Protection access = Access(ref random);
                bool hasHole = model.Change(first, length, stopsAtHole: true, state => state with { Flags = (state.Flags & ~VmaFlags.AccessMask) | (VmaFlags)access });
                space.Protect(page, pages, access).ShouldBe(hasHole ? -(long)SystemError.ENOMEM : 0);
                break;
            case < 13:
                Advice advice = Advices[random.Below((ulong)Advices.Length)];
                bool isHoled = model.Change(first, length, stopsAtHole: false, state => state with { Flags = Advised(state, advice) });
                space.Advise(page, pages, advice).ShouldBe(isHoled ? -(long)SystemError.ENOMEM : 0);
                break;
            case 13:
                bool isLocked = random.Below(2) == 0;
                VmaFlags locked = isLocked ? VmaFlags.LockedMask : VmaFlags.None;
                bool stopped = model.Change(first, length, stopsAtHole: true, state => state with { Flags = (state.Flags & ~VmaFlags.LockedMask) | locked });
                (isLocked ? space.Lock(page, pages, onFault: true) : space.Unlock(page, pages)).ShouldBe(stopped ? -(long)SystemError.ENOMEM : 0);
                break;
            case < 16:
                Move(space, model, ref random, first, length);
                break;
            case 16:
                // A single page, so that whether the range crosses mappings does not depend on where they end.
                bool mayGrow = model.IsMapped(first) && first + length <= Window && !Enumerable.Range(first + 1, length - 1).Any(model.IsMapped);
                if (!mayGrow) break;
                PageState grown = model[first]!.Value;
                space.Remap(page, 1, pages).ShouldBe((long)page);
                for (int i = 1; i < length; i++) model.Map(first + i, 1, grown.Flags, grown.File, grown.FilePage + (ulong)i);
                break;
            default:
                foreach (int touched in Enumerable.Range(first, length).Where(model.IsMapped))
                {
                    if ((model[touched]!.Value.Flags & VmaFlags.AccessMask) == 0) continue;
                    // Not the zero page, which is forgotten where nothing may be read: a frame, in swap or in transit.
                    space.Touch(Origin + (ulong)touched, random.Below(3) switch { 0 => 0, 1 => 1, _ => 9 });
                    model.Touch(touched);
                }
                break;
        }
    }

    private static void Map(CallsUnderTest space, PageModel model, ref RandomStream random, OpenFile[] files, int first, int length)
    {
        Protection access = Access(ref random);
        bool isFile = random.Below(3) == 0, isShared = isFile && random.Below(2) == 0, isNew = random.Below(5) == 0;
        OpenFile? file = isFile ? files[random.Below(2)] : null;
        ulong offset = isFile ? (ulong)first + random.Below(2) : 0;
        MapFlags more = (isShared ? MapFlags.Shared : MapFlags.Private) | (isNew ? MapFlags.FixedNoReplace : 0);
        long result = space.MapAt(Origin + (ulong)first, (ulong)length, access, more, file, offset);
        if (isNew && Enumerable.Range(first, length).Any(model.IsMapped))
        {
            result.ShouldBe(-(long)SystemError.EEXIST);
            return;
        }
        result.ShouldBe((long)Origin + first);
        model.Map(first, length, (VmaFlags)access | VmaFlags.MayAll | (isShared ? VmaFlags.Shared | VmaFlags.MayShare : 0), file, offset);
    }

    /// <summary>Several mappings at once, with the holes between them; the range must begin with a page.</summary>
    private static void Move(CallsUnderTest space, PageModel model, ref RandomStream random, int first, int length)
    {
        int to = (int)random.Below((ulong)(Window - length + 1));
        if (to < first + length && first < to + length) return;
        bool leavesEmpty = random.Below(4) == 0
            && !Enumerable.Range(first, length).Any(page => model[page] is { } state && (state.Flags & VmaFlags.Locked) != 0);
        RemapFlags flags = RemapFlags.MayMove | RemapFlags.Fixed | (leavesEmpty ? RemapFlags.DontUnmap : 0);
        long result = space.Remap(Origin + (ulong)first, (ulong)length, (ulong)length, flags, Origin + (ulong)to);
        if (!model.IsMapped(first))
        {
            result.ShouldBe(-(long)SystemError.EFAULT);
            return;
        }
        result.ShouldBe((long)Origin + to);
        for (int i = 0; i < length; i++)
        {
            if (model.IsMapped(first + i)) model.Unmap(to + i, 1);
        }
        model.Move(first, length, to, leavesEmpty);
    }

    private static VmaFlags Advised(PageState state, Advice advice) => advice switch
    {
        Advice.DontFork => state.Flags | VmaFlags.DontCopy,
        Advice.DoFork => state.Flags & ~VmaFlags.DontCopy,
        Advice.DontDump => state.Flags | VmaFlags.DontDump,
        Advice.DoDump => state.Flags & ~VmaFlags.DontDump,
        Advice.HugePage => (state.Flags & ~VmaFlags.NoHugePage) | VmaFlags.HugePage,
        Advice.NoHugePage => (state.Flags & ~VmaFlags.HugePage) | VmaFlags.NoHugePage,
        Advice.Random => (state.Flags & ~VmaFlags.SequentialRead) | VmaFlags.RandomRead,
        Advice.Sequential => (state.Flags & ~VmaFlags.RandomRead) | VmaFlags.SequentialRead,
        Advice.Normal => state.Flags & ~(VmaFlags.RandomRead | VmaFlags.SequentialRead),
        Advice.Mergeable => (state.Flags & VmaFlags.MayShare) != 0 ? state.Flags : state.Flags | VmaFlags.Mergeable,
        _ => throw new ArgumentOutOfRangeException(nameof(advice), advice, "the model does not know it"),
    };

    private static Protection Access(ref RandomStream random) => random.Below(6) switch
    {
        0 => Protection.None,
        1 or 2 => Protection.Read,
        _ => Protection.ReadWrite,
    };

    private static void Compare(CallsUnderTest space, PageModel model)
    {
        space.Mm.Vmas.CheckInvariants();
        var seen = new PageState?[Window];
        foreach (Vma vma in space.Mm.Vmas.All())
        {
            for (ulong page = vma.Start; page < vma.End; page++)
            {
                seen[page - Origin] = new PageState(vma.Flags & ~Ignored, vma.File, vma.File is null ? 0 : vma.OffsetOf(page), space.IsTouched(page));
            }
        }
        for (int page = 0; page < Window; page++) (seen[page] == model[page]).ShouldBeTrue($"page {page} is {seen[page]} and should be {model[page]}");
        Vma[] mappings = [.. space.Mm.Vmas.All()];
        ulong Sum(Func<Vma, bool> counts) => mappings.Where(counts).Aggregate(0UL, (sum, vma) => sum + vma.Pages);
        space.Mm.TotalPages.ShouldBe(Sum(_ => true));
        space.Mm.LockedPages.ShouldBe(Sum(vma => vma.Has(VmaFlags.Locked)));
        space.Mm.DataPages.ShouldBe(Sum(vma => (vma.Flags & (VmaFlags.Write | VmaFlags.Shared)) == VmaFlags.Write));
        space.Commit.Committed.ShouldBe(Sum(vma => vma.Has(VmaFlags.Account)));
        space.Objects.CountOf(KernelObject.VmArea).ShouldBe(mappings.Length);
        space.Objects.CountOf(KernelObject.AnonVma).ShouldBe(mappings.SelectMany(vma => vma.AnonVmaLinks).Select(link => link.AnonVma).Distinct().Count());
        space.Objects.CountOf(KernelObject.AnonVmaChain).ShouldBe(mappings.Sum(vma => vma.AnonVmaLinks.Count));
    }
}
