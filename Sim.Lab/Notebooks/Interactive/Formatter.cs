using System;
using System.IO;
using Sim.Lab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Registers how a type is shown.</summary>
public static class Formatter
{
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        CellContext.Formatter.Register(typeof(T), mimeType, value => formatter((T)value));

    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register<T>(
            value =>
            {
                using var writer = new StringWriter();
                formatter(value, writer);
                return writer.ToString();
            },
            mimeType);

    public static string ToDisplayString(this object value, string mimeType = PlainTextFormatter.MimeType) =>
        CellContext.Formatter.Format(value, mimeType).Text;
}
