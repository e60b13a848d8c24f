using System;
using System.IO;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Lab.Catalogue;
using Sim.Lab.Experiments;
using Sim.Lab.Notebooks;
using Sim.Lab.Results;
using Sim.Lab.Scripts;
using Sim.Parquet;
using Sim.Workloads.Traces;

namespace Sim.Cli;

/// <summary>How a verb ends: 0 done, 1 a run failed or a check did not hold, 2 bad usage or bad input.</summary>
internal static class Failure
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int BadInput = 2;

    /// <summary>Runs a verb; whatever is wrong with its input becomes one line on stderr.</summary>
    public static int Guard(Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (Exception e) when (IsAboutInput(e))
        {
            return Report(e.Message);
        }
        catch (RunFailedException e)
        {
            Report(e.Message);
            return CheckFailed;
        }
        catch (OutOfMemoryException)
        {
            return Report("there is not enough memory for this; ask for less at a time (fewer frames, policies or sizes)");
        }
    }

    /// <summary>Says what is wrong, in one line.</summary>
    public static int Report(string message)
    {
        Console.Error.WriteLine("sim: " + message.ReplaceLineEndings(" "));
        return BadInput;
    }

    private static bool IsAboutInput(Exception e) => e is StudyException or TraceFormatException or PolicyOptionException or ParquetFormatException
        or ResultsException or NotebookException or ScriptException or UsageException or UnknownNameException or PolicyFileException or IOException or UnauthorizedAccessException;
}
