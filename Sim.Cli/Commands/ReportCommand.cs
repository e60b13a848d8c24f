using System;
using System.CommandLine;
using Sim.Lab.Execution;

namespace Sim.Cli.Commands;

/// <summary>`sim report`: writes a study's report again.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var folder = Shared.ResultsFolder();
        var command = new Command("report", "Write a study's report, with its figures, again from its tables.") { folder };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            Console.WriteLine(StudyPublisher.Render(parsed.GetValue(folder)!).Report);
            return Failure.Done;
        }));
        return command.WithExample("sim report results/quickstart");
    }
}
