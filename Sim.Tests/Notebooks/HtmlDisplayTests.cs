using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Shouldly;
using Sim.Lab.Figures;
using Xunit;

namespace Sim.Tests.Notebooks;

/// <summary>
/// The convention by which .NET Interactive finds formatters without a reference to it: it reads names by reflection, so these
/// names are held here, followed as it follows them.
/// </summary>
public sealed class HtmlDisplayTests
{
    [Theory]
    [InlineData(typeof(Figure))]
    [InlineData(typeof(FigureGrid))]
    [InlineData(typeof(StudyFigure))]
    [InlineData(typeof(Sim.Lab.Report.SummaryTable))]
    public void ATypeThatIsShownCarriesTheAttributeByName(Type type)
    {
        object attribute = type.GetCustomAttributes(inherit: true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), null)!;
        object formatter = formatters.Single();
        formatter.GetType().GetProperty("MimeType")!.GetValue(formatter).ShouldBe("text/html");
        MethodInfo format = formatter.GetType().GetMethod("Format")!;
        format.ReturnType.ShouldBe(typeof(bool));
        format.GetParameters().Select(parameter => parameter.ParameterType).ShouldBe([typeof(object), typeof(TextWriter)]);
    }

    [Fact]
    public void TheFormatterWritesTheFigure()
    {
        var figure = new Figure { Title = "F", XAxis = new("x"), YAxis = new("y"), Series = [] };
        using var writer = new StringWriter();
        new Sim.Lab.Notebooks.HtmlDisplayFormatter().Format(figure, writer).ShouldBeTrue();
        writer.ToString().ShouldBe(figure.ToSvg());
        new Sim.Lab.Notebooks.HtmlDisplayFormatter().Format("text", writer).ShouldBeFalse();
    }
}
