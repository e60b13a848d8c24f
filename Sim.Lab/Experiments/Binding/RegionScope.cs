using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Which regions are mapped at a step of a program, and how large they are.</summary>
internal sealed class RegionScope
{
    private readonly Dictionary<string, long> _pages;

    /// <summary>Nothing mapped.</summary>
    public RegionScope() => _pages = [];

    private RegionScope(Dictionary<string, long> pages) => _pages = pages;

    /// <summary>The regions' names, sorted.</summary>
    public IEnumerable<string> Names => _pages.Keys.Order(System.StringComparer.Ordinal);

    /// <summary>A copy that goes its own way.</summary>
    public RegionScope Fork() => new(new Dictionary<string, long>(_pages));

    /// <summary>Whether a region of this name is mapped.</summary>
    public bool Has(string name) => _pages.ContainsKey(name);

    /// <summary>Sets a region's pages.</summary>
    public void Put(string name, long pages) => _pages[name] = pages;

    /// <summary>Forgets a region.</summary>
    public void Remove(string name) => _pages.Remove(name);

    /// <summary>Pages of the region that a setting names. Throws at the setting where it is not mapped.</summary>
    public long PagesOf(Setting name) => _pages.TryGetValue(name.Text(), out long pages)
        ? pages
        : throw name.Error($"no earlier step maps a region '{name.Text()}'; "
            + (_pages.Count == 0 ? "map one first: mmap: {name: ..., size: ...}" : NearestName.Suggest(name.Text(), Names)));
}
