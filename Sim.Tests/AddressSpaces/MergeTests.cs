using System;
using System.Collections.Generic;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>Merge and split as maps before and after, at every place where a range can touch a neighbour, with every way in which they can differ.</summary>
public sealed class MergeTests
{
    /// <summary>How a neighbour differs from the range.</summary>
    public enum Neighbour
    {
        Absent,
        Same,
        Touched,
        OtherAccess,
        OtherFlag,
        OtherOffset,
        OtherFile,
    }

    [Theory]
    [InlineData("AAA", 3, 2, "AAAAA")]
    [InlineData("....AAA", 2, 2, "..AAAAA")]
    [InlineData("AAA..BBB", 3, 2, "AAAAAAAA")]
    [InlineData("AAA...BBB", 4, 1, "AAA.B.CCC")]
    [InlineData("aaa..bbb", 3, 2, "aaaBBccc")]
    [InlineData("AAA..bbb", 3, 2, "AAAAAbbb")]
    [InlineData("aaa..BBB", 3, 2, "aaaBBBBB")]
    [InlineData("AAAAAA", 2, 2, "AAAAAA")]
    [InlineData("aaaaaa", 2, 2, "aaBBcc")]
    public void ANewRange(string before, int start, int pages, string after)
    {
        var space = new DrawnSpace(before);
        space.Map(start, pages).ShouldBe(start);
        space.ToString().ShouldBe(after);
        space.Mm.Vmas.CheckInvariants();
    }

    [Theory]
    [InlineData("aaa", 1, 1, "aBc")]
    [InlineData("aaaa", 0, 2, "AAbb")]
    [InlineData("aaaa", 2, 2, "aaBB")]
    [InlineData("AAbbbb", 2, 2, "AAAAbb")]
    [InlineData("AAbbbb", 2, 4, "AAAAAA")]
    [InlineData("aaaaBB", 2, 2, "aaBBBB")]
    [InlineData("aaaaBB", 0, 4, "AAAAAA")]
    [InlineData("AAbbbbCC", 2, 4, "AAAAAAAA")]
    [InlineData("AAbbbbCC", 2, 3, "AAAAAbCC")]
    [InlineData("AAbbbbCC", 3, 3, "AAbCCCCC")]
    [InlineData("AAbbbbCC", 3, 2, "AAbCCdEE")]
    [InlineData("AAbb.ccDD", 2, 2, "AAAA.bbCC")]
    [InlineData("aaBBcc", 0, 6, "AAAAAA")]
    public void AChangedRange(string before, int start, int pages, string after)
    {
        var space = new DrawnSpace(before);
        space.Protect(start, pages).ShouldBe(0);
        space.ToString().ShouldBe(after);
        space.Mm.Vmas.CheckInvariants();
    }

    [Theory]
    [InlineData("AAAAA", 0, 2, 7, "..AAA..BB")]
    [InlineData("AA..BB", 0, 2, 2, "..AAAA")]
    [InlineData("AA..BB", 4, 2, 2, "AAAA")]
    [InlineData("AA..BB.CC", 7, 2, 2, "AAAAAA")]
    public void AMovedRangeThatNobodyTouchedIsNumberedAnew(string before, int start, int pages, int to, string after)
    {
        var space = new DrawnSpace(before);
        space.Remap(start, pages, pages, RemapFlags.MayMove | RemapFlags.Fixed, to).ShouldBe(to);
        space.ToString().ShouldBe(after);
    }

    /// <summary>
    /// <code>
    ///   0  1  2 | 3  4  5  6 | 7  8  9
    ///   L  L  L | *  *  *  * | R  R  R     * new, or a mapping of its own that is given the access of L and R, whole or in part
    /// </code>
    /// </summary>
    [Fact]
    public void EveryDifferenceAtEveryPlace()
    {
        (int Start, int Pages)[] places = [(3, 4), (3, 2), (5, 2), (4, 2)];
        foreach (Neighbour left in Enum.GetValues<Neighbour>())
        {
            foreach (Neighbour right in Enum.GetValues<Neighbour>())
            {
                foreach (bool isNew in new[] { true, false })
                {
                    foreach ((int start, int pages) in isNew ? [(3, 4)] : places) Try(left, right, isNew, start, pages);
                }
            }
        }
    }

    [Theory]
    [InlineData("linux", "AAAAAAAA", "AAAAAA")]
    [InlineData("linux-ignore-anon-vma", "AAAAAAAA", "AAAAAA")]
    [InlineData("none", "AAABBCCC", "AABBCC")]
    [InlineData("prev-only", "AAAAABBB", "AAAABB")]
    [InlineData("next-only", "AAABBBBB", "AABBBB")]
    [InlineData("tail-only", "AAAAABBB", "AABBCC")]
    [InlineData("size-bounded(size=20KiB)", "AAAAABBB", "AAAABB")]
    [InlineData("deferred(calls=9)", "AAABBCCC", "AABBCC")]
    public void EachPolicyMakesTheMergesThatItWants(string merge, string filled, string changed)
    {
        var space = new DrawnSpace("AAA..BBB", merge);
        space.Map(3, 2);
        space.ToString().ShouldBe(filled);
        var other = new DrawnSpace("AAbbCC", merge);
        other.Protect(2, 2);
        other.ToString().ShouldBe(changed);
        foreach (DrawnSpace each in new[] { space, other })
        {
            long refused = each.Count(Counter.MergeRefusedPolicy);
            if (merge.StartsWith("linux", StringComparison.Ordinal)) refused.ShouldBe(0);
            else refused.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void ADeferredPassMergesWhatHadCollected()
    {
        var space = new DrawnSpace("AAA..BBB", "deferred(calls=4)");
        space.Map(3, 2);
        space.ToString().ShouldBe("AAABBCCC");
        space.Map(20, 1);
        space.ToString().ShouldStartWith("AAAAAAAA.");
    }

    [Fact]
    public void IgnoringAnonVmasLinksTheMergedMappingToAllOfThem()
    {
        var space = new DrawnSpace("AA..BB", "linux-ignore-anon-vma");
        space.Store(0);
        space.Store(4);
        space.Map(2, 2);
        space.ToString().ShouldBe("AAAAAA");
        space.At(0).AnonVmaLinks.Count.ShouldBe(2);
        var linux = new DrawnSpace("AA..BB");
        linux.Store(0);
        linux.Store(4);
        linux.Map(2, 2);
        linux.ToString().ShouldBe("AAAABB");
    }

    [Fact]
    public void AForkedChildsMappingDoesNotTakeInNewMemory()
    {
        var space = new DrawnSpace("AAA");
        space.Store(0);
        space.Fork();
        space.At(0).AnonVmaLinks.Count.ShouldBe(2);
        space.Map(3, 2);
        space.ToString().ShouldBe("AAABB");
        space.Count(Counter.MergeRefusedAnonVma).ShouldBe(1);
    }

    private static void Try(Neighbour left, Neighbour right, bool isNew, int start, int pages)
    {
        string what = $"{left} below, {right} above, {(isNew ? "new" : $"changed [{start},{start + pages})")}";
        var target = new FileObject("f", 1 << 20, FileKind.Disk);
        var file = new OpenFile(target, isWritable: true);
        var space = new DrawnSpace();
        Put(space, left, 0, file);
        Put(space, right, 7, file);
        if (!isNew) space.Map(3, 4, Protection.Read, MapFlags.NoReserve, file, 3).ShouldBe(3, what);
        var before = new Dictionary<Counter, long>();
        foreach (Counter counter in Enum.GetValues<Counter>()) before[counter] = space.Count(counter);
        if (isNew) space.Map(3, 4, Protection.ReadWrite, MapFlags.NoReserve, file, 3).ShouldBe(3, what);
        else space.Protect(start, pages).ShouldBe(0, what);

        Counter? leftRefusal = start > 3 ? Counter.MergeRefusedBoundary : Refusal(left), rightRefusal = start + pages < 7 ? Counter.MergeRefusedBoundary : Refusal(right);
        if (leftRefusal is null && rightRefusal is null && left == Neighbour.Touched && right == Neighbour.Touched) rightRefusal = Counter.MergeRefusedAnonVma;
        bool joinsLeft = leftRefusal is null, joinsRight = rightRefusal is null;
        int pieces = (left == Neighbour.Absent ? 0 : 1) + (right == Neighbour.Absent ? 0 : 1) + 1 + (start > 3 ? 1 : 0) + (start + pages < 7 ? 1 : 0);
        space.Mm.MapCount.ShouldBe(pieces - (joinsLeft ? 1 : 0) - (joinsRight ? 1 : 0), what);
        Vma merged = space.At(start);
        (merged.Start, merged.End).ShouldBe((PageOf(joinsLeft ? 0 : start), PageOf(joinsRight ? 10 : start + pages)), what);
        (merged.AnonVma is not null).ShouldBe((joinsLeft && left == Neighbour.Touched) || (joinsRight && right == Neighbour.Touched), what);
        merged.PageOffset.ShouldBe(joinsLeft ? 0 : (ulong)start, what);
        foreach (Counter counter in new[]
        {
            Counter.MergeRefusedBoundary, Counter.MergeRefusedProtection, Counter.MergeRefusedFlags, Counter.MergeRefusedFile, Counter.MergeRefusedOffset,
            Counter.MergeRefusedAnonVma, Counter.MergeRefusedPolicy,
        })
        {
            (space.Count(counter) - before[counter]).ShouldBe((leftRefusal == counter ? 1 : 0) + (rightRefusal == counter ? 1 : 0), $"{what}: {counter}");
        }
        space.Mm.Vmas.CheckInvariants();
    }

    /// <summary>Three pages at 0 or 7 that differ from the range in one way.</summary>
    private static void Put(DrawnSpace space, Neighbour how, int page, OpenFile file)
    {
        if (how == Neighbour.Absent) return;
        Protection access = how == Neighbour.OtherAccess ? Protection.Read | Protection.Execute : Protection.ReadWrite;
        OpenFile source = how == Neighbour.OtherFile ? new OpenFile(file.Object, isWritable: true) : file;
        space.Map(page, 3, access, MapFlags.NoReserve, source, how == Neighbour.OtherOffset ? page + 1 : page).ShouldBe(page);
        if (how == Neighbour.OtherFlag) space.Advise(page, 3, Advice.DontDump).ShouldBe(0);
        if (how == Neighbour.Touched) space.Store(page + 1).ShouldBe(AccessOutcome.Done);
    }

    private static Counter? Refusal(Neighbour neighbour) => neighbour switch
    {
        Neighbour.Absent => Counter.MergeRefusedBoundary,
        Neighbour.OtherAccess => Counter.MergeRefusedProtection,
        Neighbour.OtherFlag => Counter.MergeRefusedFlags,
        Neighbour.OtherOffset => Counter.MergeRefusedOffset,
        Neighbour.OtherFile => Counter.MergeRefusedFile,
        _ => null,
    };

    private static ulong PageOf(int page) => DrawnSpace.Address(page) >> 12;
}
