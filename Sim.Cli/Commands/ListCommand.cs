using System;
using System.CommandLine;
using System.Linq;
using Sim.Lab.Catalogue;

namespace Sim.Cli.Commands;

/// <summary>`sim list`: what there is.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var topic = new Argument<string?>("topic") { Description = string.Join(", ", CatalogueText.Topics) + "; all of them, if none is named.", Arity = ArgumentArity.ZeroOrOne };
        var policyFiles = Shared.PolicyFiles();
        var command = new Command("list", "List policies, workload models, metrics and presets.") { topic, policyFiles };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            string? wanted = parsed.GetValue(topic);
            if (wanted is not null && !CatalogueText.Topics.Contains(wanted))
                throw new UsageException($"there is no list of '{wanted}'; there is: {string.Join(", ", CatalogueText.Topics)}");
            Console.WriteLine(CatalogueText.List(Shared.Policies(parsed.GetValue(policyFiles)), wanted).TrimEnd());
            return Failure.Done;
        }));
        return command.WithExample("sim list policies");
    }
}
