using System;
using System.CommandLine;
using System.IO;
using Sim.Lab;
using Sim.Lab.Catalogue;
using Sim.Lab.Results;

namespace Sim.Cli.Commands;

/// <summary>`sim new policy`: a file to begin with.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Point and name of the new policy: reclaim/mine." };
        var like = new Option<string?>("--like") { Description = "The policy to begin with, as `sim list policies` names it; the shortest at that point unless said." };
        var output = new Option<string?>("--out", "-o") { Description = "The file; named after the policy, here, unless said." };
        var policy = new Command("policy", "Write the source of a policy that ships under a name of your own, for --policy-file: it runs as it is, and is yours to change.")
        {
            name, like, output,
        };
        policy.SetAction(parsed => Failure.Guard(() =>
        {
            PolicyTemplate template = PolicyTemplate.Of(BuiltIn.Policies, parsed.GetValue(name)!, parsed.GetValue(like));
            string file = parsed.GetValue(output) ?? template.TypeName + ".cs";
            if (File.Exists(file)) throw new UsageException($"{file}: is there already; choose another file with --out");
            AtomicFile.Write(file, template.Text);
            Console.WriteLine($"{file}: a copy of {template.Like.Point}/{template.Like.Name}; use it with --policy-file {file}");
            return Failure.Done;
        }));
        return new Command("new", "Begin something of your own.") { policy.WithExample("sim new policy reclaim/mine --like sieve") };
    }
}
