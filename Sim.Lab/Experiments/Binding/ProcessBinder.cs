using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds the steps with which processes begin and end each other, fork, exec, wait and kill, the memory that they share, and touch.</summary>
internal static class ProcessBinder
{
    private const int MostChildren = 4096;
    private const long StandardCode = 128, StandardData = 16, StandardBss = 16;
    private static readonly ByteSize LargestImage = new(1L << 40);

    /// <summary>The kinds that are bound here.</summary>
    public static string[] Kinds { get; } = ["fork", "exec", "wait", "kill", "shm", "touch"];

    /// <summary>A step; its program is bound by <paramref name="bind"/>.</summary>
    public static ProgramStep Bind(string kind, Setting setting, RegionScope regions, Func<Setting, RegionScope, IReadOnlyList<ProgramStep>> bind) => kind switch
    {
        "fork" => Fork(setting, regions, bind),
        "exec" => Exec(setting, bind),
        "wait" => new WaitStep(setting.OneOf("kind of wait", "all", "any") == "all"),
        "kill" => new KillStep(setting.Text() == "all" ? null : setting.Text()),
        "shm" => Attach(setting, regions),
        _ => Touch(setting, regions),
    };

    private static ForkStep Fork(Setting setting, RegionScope regions, Func<Setting, RegionScope, IReadOnlyList<ProgramStep>> bind)
    {
        MapReader map = setting.Map();
        Setting? children = map.Find("children");
        Setting program = map.Require("program", "[...]");
        map.Close();
        return new ForkStep((int)(children?.Whole(1, MostChildren) ?? 1), bind(program, regions.Fork()));
    }

    private static ExecStep Exec(Setting setting, Func<Setting, RegionScope, IReadOnlyList<ProgramStep>> bind)
    {
        MapReader map = setting.Map();
        Setting? code = map.Find("code"), data = map.Find("data"), bss = map.Find("bss");
        Setting program = map.Require("program", "[...]");
        map.Close();
        long codePages = PagesOf(code, StandardCode), dataPages = PagesOf(data, StandardData), bssPages = PagesOf(bss, StandardBss);
        var regions = new RegionScope();
        if (codePages > 0) regions.Put(ExecRegions.Code, codePages);
        if (dataPages > 0) regions.Put(ExecRegions.Data, dataPages);
        if (bssPages > 0) regions.Put(ExecRegions.Bss, bssPages);
        return new ExecStep(codePages, dataPages, bssPages, bind(program, regions));
    }

    private static long PagesOf(Setting? size, long standard) => size?.Size(default, LargestImage).Pages ?? standard;

    private static AttachStep Attach(Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting name = map.Require("name", "cache"), size = map.Require("size", "16MiB");
        Setting? key = map.Find("key");
        map.Close();
        if (regions.Has(name.Text())) throw name.Error($"a region '{name.Text()}' is mapped already; munmap it first, or choose another name");
        long pages = size.Size(new ByteSize(ByteSize.PageBytes), LargestImage).Pages;
        regions.Put(name.Text(), pages);
        return new AttachStep(name.Text(), pages, (int)(key?.Whole(1, int.MaxValue) ?? 0));
    }

    private static TouchStep Touch(Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting region = map.Require("region", "heap");
        Setting? share = map.Find("share"), count = map.Find("pages"), order = map.Find("order"), writes = map.Find("writes");
        map.Close();
        map.Exclude("share", "pages");
        long pages = regions.PagesOf(region);
        long touched = count?.Whole(0, pages) ?? (long)Math.Round((share?.Share() ?? 1) * pages);
        return new TouchStep(region.Text(), touched, order?.OneOf("order", "sequential", "random") == "random", writes?.Share() ?? 0);
    }
}
