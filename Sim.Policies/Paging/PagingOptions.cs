using Sim.Core.Contracts;

namespace Sim.Policies.Paging;

/// <summary>What all policies of the point have: the zero page.</summary>
public record PagingOptions
{
    /// <summary>Linux has one; a memory whose pages all count, as textbooks have it, has not.</summary>
    [Option("Whether a page that has only been read shares one frame of zeros, as in Linux, instead of taking one")]
    public bool ZeroPage { get; init; }
}
