using System;
using System.IO;
using Sim.Lab.Results;

namespace Sim.Lab.Execution;

/// <summary>The folder of a study's results.</summary>
public static class StudyFolder
{
    /// <summary>Where a study's results go unless it is told otherwise.</summary>
    public static string Default(string study) => Path.Combine("results", study);

    /// <summary>Makes the folder and makes sure that it can be written to, before anything runs.</summary>
    /// <exception cref="ResultsException">It cannot.</exception>
    public static void Prepare(string folder)
    {
        string probe = Path.Combine(folder, ".probe");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ResultsException.Unwritable(folder, e);
        }
    }
}
