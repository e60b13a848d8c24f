using System.Collections.Generic;

namespace Sim.Lab.Notebooks;

/// <summary>The formatters of every <see cref="IHtmlDisplay"/>; called by .NET Interactive through reflection.</summary>
public sealed class HtmlDisplayFormatterSource
{
    /// <summary>One formatter, for HTML.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new HtmlDisplayFormatter()];
}
