using System;
using System.CommandLine;
using Sim.Cli;
using Sim.Cli.Commands;

var root = new RootCommand("A discrete-event simulator for research on operating-system memory policy.")
{
    RunCommand.Create(),
    ValidateCommand.Create(),
    ListCommand.Create(),
    DescribeCommand.Create(),
    ReplayCommand.Create(),
    MrcCommand.Create(),
    TraceCommand.Create(),
    ScriptCommand.Create(),
    ProgramCommand.Create(),
    VerifyCommand.Create(),
    ResultsCommand.Create(),
    CompareCommand.Create(),
    ExplainCommand.Create(),
    ExportCommand.Create(),
    PlotCommand.Create(),
    ReportCommand.Create(),
    NotebookCommand.Create(),
    NewCommand.Create(),
};

Console.OutputEncoding = System.Text.Encoding.UTF8;
Examples.ShowInHelp(root);
ParseResult parsed = root.Parse(args);
return Usage.FaultOf(root, parsed, args) is { } fault ? Failure.Report(fault) : await parsed.InvokeAsync();
