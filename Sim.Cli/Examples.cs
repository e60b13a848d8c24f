using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Sim.Cli;

/// <summary>An example for each verb, below its help.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, string> _examples = [];

    /// <summary>Gives a verb its example.</summary>
    public static Command WithExample(this Command verb, string example)
    {
        _examples.Add(verb, example);
        return verb;
    }

    /// <summary>Has --help show them.</summary>
    public static void ShowInHelp(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((SynchronousCommandLineAction)help.Action!);
    }

    private sealed class HelpWithExample(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            if (_examples.TryGetValue(parseResult.CommandResult.Command, out string? example)) Console.WriteLine($"Example:{Environment.NewLine}  {example}");
            return code;
        }
    }
}
