using System;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds the steps that make a call on a mapped region, or on a part of it: mprotect, madvise, mlock, munlock, msync, mremap.</summary>
internal static class RegionCallBinder
{
    private const long MostPages = 1L << 35;
    private static readonly string[] Accesses = ["none", "r", "rw", "rx"];

    /// <summary>The advice that changes what a program does, or how it is kept.</summary>
    private static readonly Advice[] Advices =
        [.. Enum.GetValues<Advice>().Except([Advice.Remove, Advice.Cold, Advice.PageOut, Advice.WillNeed, Advice.DontNeedLocked])];

    /// <summary>The steps that are bound here.</summary>
    public static readonly string[] Kinds = ["mprotect", "madvise", "mlock", "munlock", "msync", "mremap"];

    /// <summary>A step by its key.</summary>
    public static ProgramStep Bind(string kind, Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting region = map.Require("region", "heap");
        if (kind == "msync" && setting.Scope.Files.All.Count == 0) throw setting.Error("the study has no files, so that there is nothing to write back");
        long pages = regions.PagesOf(region);
        if (kind == "mremap")
        {
            Setting sizeAt = map.Require("size", "8MiB");
            map.Close();
            long newPages = sizeAt.Size(new ByteSize(ByteSize.PageBytes), ByteSize.OfPages(MostPages)).Pages;
            regions.Put(region.Text(), newPages);
            return new RemapStep(region.Text(), newPages);
        }
        (int protection, int flags) = kind switch
        {
            "mprotect" => (AccessOf(map.Require("access", "r")), 0),
            "madvise" => (0, (int)AdviceOf(map.Require("advice", "dont-need"))),
            "mlock" => (0, map.Find("on-fault")?.Flag() == true ? 1 : 0),
            _ => (0, 0),
        };
        Setting? offsetAt = map.Find("offset"), partAt = map.Find("size");
        map.Close();
        long offset = offsetAt?.Size(default, ByteSize.OfPages(MostPages)).Pages ?? 0;
        if (offset >= pages) throw offsetAt!.Error($"{offsetAt.Text()} lies outside of the {ByteSize.OfPages(pages)} of '{region.Text()}'");
        long part = partAt?.Size(new ByteSize(ByteSize.PageBytes), ByteSize.OfPages(MostPages)).Pages ?? pages - offset;
        if (part > pages - offset) throw partAt!.Error($"{partAt.Text()} reaches beyond the {ByteSize.OfPages(pages)} of '{region.Text()}'");
        return new RegionCallStep(KindOf(kind), region.Text(), offset, part, protection, flags);
    }

    private static TaskStepKind KindOf(string kind) => kind switch
    {
        "mprotect" => TaskStepKind.Protect,
        "madvise" => TaskStepKind.Advise,
        "mlock" => TaskStepKind.Lock,
        "msync" => TaskStepKind.Synchronise,
        _ => TaskStepKind.Unlock,
    };

    private static int AccessOf(Setting setting) => (int)(setting.OneOf("access", Accesses) switch
    {
        "none" => Protection.None,
        "r" => Protection.Read,
        "rw" => Protection.ReadWrite,
        _ => Protection.Read | Protection.Execute,
    });

    private static Advice AdviceOf(Setting setting)
    {
        string name = setting.OneOf("advice", Advices.Select(advice => OptionDescription.KebabCase(advice.ToString())));
        return Advices.First(advice => OptionDescription.KebabCase(advice.ToString()) == name);
    }
}
