using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sim.Core.Contracts;
using Sim.Workloads.Mappings;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Catalogue;

/// <summary>docs/policies.md: every policy and model with its parameters. A test holds the file to what is written here.</summary>
public static class CatalogueDocument
{
    /// <summary>The document, in Markdown.</summary>
    public static string Write(PolicyCatalogue catalogue)
    {
        var text = new StringBuilder("""
            # Policies and models

            Generated from the code; `sim describe NAME` prints the same. To add a policy, write one file.

            A policy with options is written `name(option=value)`, or in a study as a map: `{name: {option: value}}`.

            """);
        foreach (var point in catalogue.Entries.GroupBy(policy => policy.Point))
        {
            text.Append($"\n## {point.Key}\n");
            foreach (PolicyEntry policy in point) Section(text, policy.Name, [policy.Mechanism, .. CatalogueEntries.Traits(policy)], policy.Reference, policy.Options);
        }
        text.Append("\n## Models of reference behaviour\n\nWhere an `access` step's references go: `model:` in a study.\n");
        foreach (ModelEntry model in ModelCatalogue.Models) Section(text, model.Name, [model.Mechanism], model.Reference, model.Options);
        text.Append("\n## Models of mappings\n\nWhich mappings a `mappings` step makes, changes and takes away: `model:` in a study.\n");
        foreach (MappingModelEntry model in MappingCatalogue.Models) Section(text, model.Name, [model.Mechanism], model.Reference, model.Options);
        return text.ToString();
    }

    private static void Section(StringBuilder text, string name, IEnumerable<string> sentences, string reference, IReadOnlyList<OptionDescription> options)
    {
        text.Append($"\n### {name}\n\n{string.Join(' ', sentences)}\n\n*{reference}.*\n");
        if (options.Count == 0) return;
        text.Append("\n| option | default | values | meaning |\n|---|---|---|---|\n");
        Rows(text, options, "");
    }

    private static void Rows(StringBuilder text, IReadOnlyList<OptionDescription> options, string owner)
    {
        foreach (OptionDescription option in options)
        {
            text.Append($"| `{owner}{option.Name}` | {OptionLines.Default(option)} | {OptionLines.Values(option)} | {option.Meaning} |\n");
            if (option.ElementType is { } element) Rows(text, OptionDescription.Of(element), $"{owner}{option.Name}[].");
        }
    }
}
