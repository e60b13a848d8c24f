using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Sim.Benchmarks.Harness;

/// <summary>What the measurements were made on.</summary>
public static class Hardware
{
    private const string LinuxCpuInfo = "/proc/cpuinfo";

    /// <summary>The processor's model, the number of cores and the widest vectors.</summary>
    public static string Describe()
    {
        string vectors = Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2";
        return $"{Model()}, {Environment.ProcessorCount} cores, {vectors}";
    }

    private static string Model()
    {
        string? line = File.Exists(LinuxCpuInfo) ? File.ReadLines(LinuxCpuInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
