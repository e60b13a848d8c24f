using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Sim.Lab;

/// <summary>The assemblies that this process can load, as references for code that is compiled in it.</summary>
internal static class LoadableAssemblies
{
    /// <summary>All of them: the runtime's and the program's own.</summary>
    public static IEnumerable<MetadataReference> All => References(Paths);

    /// <summary>The runtime's own.</summary>
    public static IEnumerable<MetadataReference> Framework
    {
        get
        {
            string directory = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            return References(Paths.Where(path => Path.GetDirectoryName(path) == directory));
        }
    }

    private static IEnumerable<string> Paths => (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator).Order(StringComparer.Ordinal);

    private static IEnumerable<MetadataReference> References(IEnumerable<string> paths) => paths.Select(path => MetadataReference.CreateFromFile(path));
}
