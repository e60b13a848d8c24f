using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>What happens at vm.max_map_count, as recorded in map_count_limit.json, in its order. /proc/self/maps shows one mapping more, the vsyscall page.</summary>
public sealed class MapCountLimitTests
{
    private const ulong Origin = 0x2_0000_0000;
    private const int Shown = 1;
    private readonly BareKernel _kernel = new(BuiltIn.AddressSpaces, new ByteSize(24L << 30), default);
    private readonly JsonElement _recorded;
    private readonly Mm _mm;

    public MapCountLimitTests()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Data", "kernel", "vma", "map_count_limit.json");
        _recorded = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        _mm = _kernel.Create(new AddressSpaceLimits());
        // The recorder's own program: as many mappings, apart from each other.
        int own = _recorded.GetProperty("start_vmas_incl_vsyscall").GetInt32() - Shown;
        for (int i = 0; i < own; i++) Map(Origin - 1000 + 2 * (ulong)i, 1, MapFlags.Fixed).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TheLimitHoldsAsRecorded()
    {
        // Three pages each with a page between, until mmap fails: one more than the limit.
        ulong next = Origin;
        while (Map(next, 3, MapFlags.Fixed) >= 0) next += 4;
        Count().ShouldBe(_recorded.GetProperty("vmas_at_fail").GetInt32());
        Text(Map(Origin + 3, 1, MapFlags.Fixed)).ShouldBe(Recorded("mmap_that_would_merge_at_limit"));
        Text(Unmap(Origin, 3)).ShouldBe(Recorded("munmap_whole_at_limit"));
        Text(Map(Origin, 3, MapFlags.Fixed)).ShouldBe("ok");
        Count().ShouldBe(_recorded.GetProperty("vmas_full").GetInt32());
        ulong some = Origin + 400;
        Try("mprotect_middle_at_limit", () => Protect(some + 1, 1));
        Try("mprotect_left_edge_at_limit", () => Protect(some, 1));
        Try("munmap_middle_at_limit", () => Unmap(some + 1, 1));
        Try("munmap_right_edge_at_limit", () => Unmap(some + 2, 1));
        Try("mprotect_whole_at_limit", () => Protect(some + 4, 3));
        Try("mmap_fixed_over_middle_at_limit", () => Map(some + 9, 1, MapFlags.Fixed, Protection.Read));
        Try("mmap_fixed_same_flags_over_middle_at_limit", () => Map(some + 9, 1, MapFlags.Fixed));
        Try("mremap_move_middle_at_limit", () => _kernel.Calls.Remap(_mm,
            new RemapRequest(some + 9 << 12, 1 << 12, 1 << 12, RemapFlags.MayMove | RemapFlags.Fixed, next + 1000 << 12), _kernel.Payer));
    }

    [Fact]
    public void AdviceThatNeedsAMappingMoreIsToldToTryAgain()
    {
        ulong next = Origin;
        while (Map(next, 3, MapFlags.Fixed) >= 0) next += 4;
        _kernel.Calls.Advise(_mm, Origin + 1 << 12, 1 << 12, Advice.DontFork, _kernel.Payer).ShouldBe(SystemError.EAGAIN.AsResult());
        _kernel.Calls.Lock(_mm, Origin + 1 << 12, 1 << 12, onFault: true, _kernel.Payer).ShouldBe(SystemError.ENOMEM.AsResult());
        _kernel.Calls.Advise(_mm, Origin << 12, 3 << 12, Advice.DontFork, _kernel.Payer).ShouldBe(0);
    }

    private void Try(string what, Func<long> call)
    {
        Text(call()).ShouldBe(Recorded(what), what);
        Count().ShouldBe(_recorded.GetProperty("vmas_full").GetInt32(), what);
    }

    private int Count() => _mm.MapCount + Shown;

    private string Recorded(string what) => _recorded.GetProperty(what).GetString()!;

    private static string Text(long result) => result >= 0 ? "ok" : result == SystemError.ENOMEM.AsResult() ? "Cannot allocate memory" : ((SystemError)(-result)).ToString();

    private long Map(ulong page, ulong pages, MapFlags flags, Protection access = Protection.ReadWrite) =>
        _kernel.Calls.Map(_mm, new MapRequest(page << 12, pages << 12, access, flags | MapFlags.Private | MapFlags.Anonymous), _kernel.Payer);

    private long Unmap(ulong page, ulong pages) => _kernel.Calls.Unmap(_mm, page << 12, pages << 12, _kernel.Payer);

    private long Protect(ulong page, ulong pages) => _kernel.Calls.Protect(_mm, page << 12, pages << 12, Protection.Read, _kernel.Payer);
}
