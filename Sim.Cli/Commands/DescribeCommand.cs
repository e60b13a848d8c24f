using System;
using System.CommandLine;
using Sim.Lab.Catalogue;

namespace Sim.Cli.Commands;

/// <summary>`sim describe`: one policy, model, metric or preset.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "A name that `sim list` prints." };
        var policyFiles = Shared.PolicyFiles();
        var command = new Command("describe", "Describe a policy, workload model, metric or preset: what it does, where it comes from, its parameters.") { name, policyFiles };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            Console.WriteLine(CatalogueText.Describe(Shared.Policies(parsed.GetValue(policyFiles)), parsed.GetValue(name)!).TrimEnd());
            return Failure.Done;
        }));
        return command.WithExample("sim describe clock");
    }
}
