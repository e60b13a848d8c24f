using System.Collections.Generic;

namespace Sim.Lab.Catalogue;

/// <summary>Something that a study can name.</summary>
/// <param name="Topic">The list that it stands in: policies, workloads, metrics, presets.</param>
/// <param name="Group">What it belongs to within the list: a policy point, a kind of preset.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">One line.</param>
/// <param name="Details">More lines, for its description.</param>
internal sealed record CatalogueEntry(string Topic, string Group, string Name, string Summary, IReadOnlyList<string> Details);
