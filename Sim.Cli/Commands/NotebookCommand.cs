using System;
using System.CommandLine;
using Sim.Lab.Notebooks;

namespace Sim.Cli.Commands;

/// <summary>`sim notebook run`: executes a notebook without an editor.</summary>
internal static class NotebookCommand
{
    public static Command Create()
    {
        var notebook = new Argument<string>("notebook") { Description = "The .ipynb file." };
        var output = new Option<string?>("--out", "-o") { Description = "Where the executed notebook goes; in place, unless said." };
        var run = new Command("run", "Execute the C# cells of a notebook in order and write their outputs back; a cell that fails is named with its line.")
        {
            notebook, output,
        };
        run.SetAction(parsed => Failure.Guard(() =>
        {
            try
            {
                int cells = NotebookRunner.Run(parsed.GetValue(notebook)!, parsed.GetValue(output));
                Console.WriteLine($"{parsed.GetValue(notebook)}: {cells} cells");
                return Failure.Done;
            }
            catch (NotebookException e) when (e.Cell is not null)
            {
                Failure.Report(e.Message);
                return Failure.CheckFailed;
            }
        }));
        return new Command("notebook", "Work with notebooks.") { run.WithExample("sim notebook run notebooks/fault-rate-vs-memory.ipynb --out executed.ipynb") };
    }
}
