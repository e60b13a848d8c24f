using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Lab.Scripts;

namespace Sim.Lab.Verification.Suites;

/// <summary>Calls on mappings against a live kernel, operation by operation: the result and every mapping after it.</summary>
internal static class AddressSpaces
{
    public static IEnumerable<VerificationCheck> Run(RecordedData data)
    {
        foreach (string file in Directory.GetFiles(data.Mappings, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            ScriptReport report = Script.Compare(file, BuiltIn.AddressSpaces);
            string name = Path.GetFileName(file)[..^".jsonl.gz".Length];
            yield return VerificationCheck.Exact("address spaces", $"{name}: cases that agree to the end", report.CasesExact, report.Cases, "Linux 6.18");
            yield return VerificationCheck.Exact("address spaces", $"{name}: operations that agree", report.OperationsExact, report.Operations, "Linux 6.18");
        }
    }
}
