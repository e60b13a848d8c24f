using System;
using System.IO;
using Xunit;

namespace Sim.Tests.Programs;

/// <summary>A theory over recordings that are too large to be kept with the code; where they are not there it is skipped, and says so.</summary>
internal sealed class LargeRecordingTheoryAttribute : TheoryAttribute
{
    private const string Place = "shared/data/programs";

    public LargeRecordingTheoryAttribute()
    {
        if (Folder is null) Skip = $"the large recordings are not in ../{Place}";
    }

    /// <summary>Where they are, or null.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string place = Path.Combine(folder.FullName, Place);
            if (File.Exists(Path.Combine(place, "gups.p0.gz"))) return place;
        }
        return null;
    }
}
