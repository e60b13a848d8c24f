using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Sim.Core.Contracts;

namespace Sim.Cli;

/// <summary>What is wrong with a command line, said as the rest of the program says it.</summary>
internal static class Usage
{
    /// <summary>The first fault, or null. An option that does not exist may have been taken for a verb's argument, so that the parser is content.</summary>
    public static string? FaultOf(RootCommand root, ParseResult parsed, string[] args)
    {
        Command command = parsed.CommandResult.Command;
        string help = $"{PathOf(parsed.CommandResult)} --help";
        if (Array.IndexOf(args, "") is >= 0 and var at) return $"argument {at + 1} is empty; leave it out, or give it a value";
        string[] known = [.. command.Options.Concat(root.Options).SelectMany(option => option.Aliases.Append(option.Name))];
        if (OptionsOf(args).FirstOrDefault(option => !known.Contains(option)) is { } unknown)
            return $"there is no option '{unknown}'; {NearestName.Suggest(unknown, known.Where(option => option.StartsWith("--", StringComparison.Ordinal)))}";
        IEnumerable<string> verbs = command.Subcommands.Select(verb => verb.Name);
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count > 0)
            return $"there is no verb '{parsed.UnmatchedTokens[0]}'; {NearestName.Suggest(parsed.UnmatchedTokens[0], verbs)}";
        if (parsed.Errors.Count == 0) return null;
        if (command.Subcommands.Count > 0) return $"a verb is missing; there is: {string.Join(", ", verbs)}";
        ParseError error = parsed.Errors[0];
        return error.SymbolResult is OptionResult { Tokens.Count: 1 } result && (result.Option.ValueType == typeof(int) || result.Option.ValueType == typeof(long))
            ? $"{result.Option.Name}: '{result.Tokens[0].Value}' is not a whole number"
            : $"{error.Message} Try `{help}`.";
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult outer ? $"{PathOf(outer)} {result.Command.Name}" : "sim";

    private static IEnumerable<string> OptionsOf(string[] args) => args.TakeWhile(arg => arg != "--")
        .Where(arg => arg.StartsWith("--", StringComparison.Ordinal)).Select(arg => arg.Split('=', ':')[0]);
}
