using System;
using System.IO;

namespace Sim.Lab.Verification;

/// <summary>Where the recordings lie that come with the repository.</summary>
/// <param name="Folder">Sim.Tests/Data.</param>
public sealed record RecordedData(string Folder)
{
    /// <summary>The golden miss counts and their traces.</summary>
    public string Replacement => Path.Combine(Folder, "replacement");

    /// <summary>The recorded costs of kernel operations.</summary>
    public string Costs => Path.Combine(Folder, "kernel", "costs.json");

    /// <summary>Texts of /proc of the same kernel.</summary>
    public string Proc => Path.Combine(Folder, "kernel", "raw");

    /// <summary>Calls on mappings, recorded on a live kernel.</summary>
    public string Mappings => Path.Combine(Folder, "kernel", "vma");

    /// <summary>Faults, forks and files, recorded on a live kernel.</summary>
    public string Faults => Path.Combine(Folder, "kernel", "faults");

    /// <summary>Looks in Sim.Tests/Data below the current folder and all above it, then beside the program; null when it is nowhere.</summary>
    public static RecordedData? Find()
    {
        foreach (string start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string candidate = Path.Combine(folder.FullName, "Sim.Tests", "Data");
                if (Directory.Exists(Path.Combine(candidate, "replacement"))) return new RecordedData(candidate);
            }
        }
        return null;
    }
}
