using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Lab.Scripts;

namespace Sim.Lab.Verification.Suites;

/// <summary>Recordings of a live kernel, operation by operation: results, mappings, faults, and what every process has in memory after it.</summary>
internal static class RecordedScripts
{
    public static IEnumerable<VerificationCheck> Run(string folder, string suite)
    {
        foreach (string file in Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            ScriptReport report = Script.Compare(file, BuiltIn.AddressSpaces);
            string name = Path.GetFileName(file)[..^".jsonl.gz".Length];
            yield return VerificationCheck.Exact(suite, $"{name}: cases that agree to the end", report.CasesExact, report.Cases, "Linux 6.18");
            yield return VerificationCheck.Exact(suite, $"{name}: operations that agree", report.OperationsExact, report.Operations, "Linux 6.18");
        }
    }
}
