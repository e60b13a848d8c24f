using Xunit;

namespace Sim.Tests.Notebooks;

/// <summary>A running notebook owns the console and the working directory, so nothing else runs beside these tests.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NotebookCollection
{
    public const string Name = "notebooks";
}
