using System.Linq;
using System.Text;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab;

namespace Sim.Tests.AddressSpaces;

/// <summary>
/// A small address space as a picture, a column a page: each mapping is a run of its own letter, a capital where it can be written to; a dot is a hole.
/// </summary>
internal sealed class DrawnSpace
{
    private const ulong Origin = 0x2_0000_0000;

    public DrawnSpace(string picture = "", string merge = "linux", AddressSpaceLimits? limits = null)
    {
        AddressSpacePolicies policies = BuiltIn.AddressSpaces with { Merge = PolicyChoice.Parse(BuiltIn.Policies, "vma-merge", merge) };
        Kernel = new BareKernel(policies, new ByteSize(1L << 30), default);
        Mm = Kernel.Create(limits ?? new AddressSpaceLimits());
        for (int page = 0; page < picture.Length;)
        {
            char letter = picture[page];
            int end = page + 1;
            while (end < picture.Length && picture[end] == letter) end++;
            if (letter != '.') Map(page, end - page, char.IsUpper(letter) ? Protection.ReadWrite : Protection.Read, MapFlags.NoReserve).ShouldBe(page);
            page = end;
        }
    }

    public BareKernel Kernel { get; }

    public Mm Mm { get; private set; }

    public long Map(int page, int pages, Protection access = Protection.ReadWrite, MapFlags more = MapFlags.NoReserve, OpenFile? file = null, int offset = 0)
    {
        MapFlags flags = more | MapFlags.Fixed | ((more & MapFlags.Shared) == 0 ? MapFlags.Private : 0) | (file is null ? MapFlags.Anonymous : 0);
        long result = Kernel.Calls.Map(Mm, new MapRequest(Address(page), Bytes(pages), access, flags, file, Bytes(offset)), Kernel.Payer);
        return result < 0 ? result : (long)((ulong)result >> 12) - (long)Origin;
    }

    public long Unmap(int page, int pages) => Kernel.Calls.Unmap(Mm, Address(page), Bytes(pages), Kernel.Payer);

    public long Protect(int page, int pages, Protection access = Protection.ReadWrite) =>
        Kernel.Calls.Protect(Mm, Address(page), Bytes(pages), access, Kernel.Payer);

    public long Advise(int page, int pages, Advice advice) => Kernel.Calls.Advise(Mm, Address(page), Bytes(pages), advice, Kernel.Payer);

    public long Lock(int page, int pages) => Kernel.Calls.Lock(Mm, Address(page), Bytes(pages), onFault: false, Kernel.Payer);

    public long Remap(int page, int pages, int newPages, RemapFlags flags = RemapFlags.None, int to = 0)
    {
        long result = Kernel.Calls.Remap(Mm, new RemapRequest(Address(page), Bytes(pages), Bytes(newPages), flags, Address(to)), Kernel.Payer);
        return result < 0 ? result : (long)((ulong)result >> 12) - (long)Origin;
    }

    public AccessOutcome Store(int page) => Kernel.Touch(Mm, Origin + (ulong)page, isStore: true);

    public AccessOutcome Load(int page) => Kernel.Touch(Mm, Origin + (ulong)page, isStore: false);

    /// <summary>Goes on in a child.</summary>
    public void Fork() => Mm = Kernel.Fork(Mm);

    public Vma At(int page) => Mm.Vmas.Find(Origin + (ulong)page)!;

    public long Count(Counter counter) => Kernel.Counters[counter];

    /// <summary>The picture, as wide as needed.</summary>
    public override string ToString()
    {
        var picture = new StringBuilder();
        char letter = 'a';
        foreach (Vma vma in Mm.Vmas.All())
        {
            int start = (int)(vma.Start - Origin);
            picture.Append('.', start - picture.Length).Append(vma.Has(VmaFlags.Write) ? char.ToUpperInvariant(letter) : letter, (int)vma.Pages);
            letter++;
        }
        return picture.ToString();
    }

    public static ulong Address(int page) => (ulong)((long)Origin + page) << 12;

    private static ulong Bytes(int pages) => (ulong)pages << 12;
}
