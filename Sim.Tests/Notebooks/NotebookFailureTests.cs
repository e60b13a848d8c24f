using System;
using System.IO;
using System.Text.Json.Nodes;
using Shouldly;
using Sim.Lab.Notebooks;
using Xunit;

namespace Sim.Tests.Notebooks;

/// <summary>A notebook that fails says where in one line and is left as it was.</summary>
[Collection(NotebookCollection.Name)]
public sealed class NotebookFailureTests
{
    [Theory]
    [InlineData("int a = 1;\n\nint b = missing;", 3, "CS0103")]
    [InlineData("#!csharp\nvar x = 1;\nx.Nothing();", 3, "CS1061")]
    [InlineData("var y = 2;\n\nthrow new InvalidOperationException(\"two\\nlines\");", 3, "InvalidOperationException: two lines")]
    [InlineData("await Task.Yield();\nint.Parse(\"no\");", 2, "FormatException")]
    [InlineData("int F() => throw new Exception(\"deep\");\nvar z = 3;\nF();", 1, "Exception: deep")]
    [InlineData("var u = 1;\n#r \"nuget: No.Such.Package, 1.0\"", 2, "No.Such.Package")]
    [InlineData("#r \"absent.dll\"\n1", 1, "CS0006")]
    [InlineData("\n#!share --from fsharp x", 2, "#!share")]
    public void AFailingCellIsNamedWithItsLine(string source, int line, string expected)
    {
        using var notebook = new NotebookFixture("var first = 1;", source, "Console.WriteLine(\"never\");");
        string before = notebook.Text;
        var failure = Should.Throw<NotebookException>(() => NotebookRunner.Run(notebook.Path));
        (failure.Cell, failure.Line).ShouldBe((2, line));
        failure.Message.ShouldStartWith($"study.ipynb: cell 2, line {line}: ");
        failure.Message.ShouldContain(expected);
        failure.Message.ShouldNotContain("\n");
        notebook.Text.ShouldBe(before);
    }

    [Fact]
    public void ACellForAnotherKernelIsRefused()
    {
        using var notebook = new NotebookFixture("let x = 1");
        File.WriteAllText(notebook.Path, notebook.Text.Replace("\"csharp\"", "\"fsharp\"", StringComparison.Ordinal));
        Should.Throw<NotebookException>(() => NotebookRunner.Run(notebook.Path)).Message
            .ShouldBe("study.ipynb: cell 1: a cell for the kernel 'fsharp'; a headless run executes C# only");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"nbformat\": 3, \"cells\": []}")]
    [InlineData("[]")]
    public void AFileThatIsNoNotebookIsNamed(string text)
    {
        using var notebook = new NotebookFixture();
        File.WriteAllText(notebook.Path, text);
        var failure = Should.Throw<NotebookException>(() => NotebookRunner.Run(notebook.Path));
        failure.Message.ShouldStartWith("study.ipynb: ");
        failure.Cell.ShouldBeNull();
    }

    [Fact]
    public void AMissingNotebookIsNamed() =>
        Should.Throw<NotebookException>(() => NotebookRunner.Run("absent.ipynb")).Message.ShouldStartWith("absent.ipynb: ");

    [Fact]
    public void TheConsoleIsGivenBackAfterAFailure()
    {
        var output = Console.Out;
        using var notebook = new NotebookFixture("throw new Exception();");
        Should.Throw<NotebookException>(() => NotebookRunner.Run(notebook.Path));
        Console.Out.ShouldBeSameAs(output);
    }
}
