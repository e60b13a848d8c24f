using System;
using System.IO;
using Shouldly;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>The committed schema is the one that is written. To renew it, run this test with SIM_WRITE_DOCS=1.</summary>
public sealed class ResultsSchemaDocumentTests
{
    [Fact]
    public void TheCommittedDocumentIsUpToDate()
    {
        string path = Path.Combine(Repository(), "docs", "results-schema.md");
        if (Environment.GetEnvironmentVariable("SIM_WRITE_DOCS") == "1") File.WriteAllText(path, ResultsSchemaDocument.Write());
        File.ReadAllText(path).ShouldBe(ResultsSchemaDocument.Write());
    }

    internal static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Research.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
