using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Sim.Tests.Cli;

/// <summary>What a command printed and how it ended.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Ended(int Code, string Out, string Error);

/// <summary>A folder in which the built program is run as from a shell.</summary>
internal sealed class SimProcess : IDisposable
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "sim.dll");
    private readonly string _folder = Directory.CreateTempSubdirectory("sim-").FullName;

    /// <summary>The path of a file or folder in it.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file in it.</summary>
    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    /// <summary>Runs the program to its end.</summary>
    public Ended Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        return End(process);
    }

    /// <summary>Waits for the end of a program that was started.</summary>
    public static Ended End(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill();
            throw new TimeoutException(string.Join(' ', process.StartInfo.ArgumentList));
        }
        process.WaitForExit();
        return new Ended(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts the program.</summary>
    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [_program, .. arguments])
    {
        WorkingDirectory = _folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>The content of each table in a folder of results.</summary>
    public SortedDictionary<string, string> Tables(string results) => new(Directory.GetFiles(PathOf(results), "*.parquet")
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, true);
}
