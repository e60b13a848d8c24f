using Sim.Core.Contracts;

namespace Sim.Policies.Paging;

/// <summary>
/// A page gets its frame when it is first touched. With the zero page, a page that is only read shares one frame of zeros until it is written to.
/// <para>T. Kilburn, D. B. G. Edwards, M. J. Lanigan, F. H. Sumner, "One-level storage system", IRE Transactions on Electronic Computers EC-11(2), 1962.</para>
/// </summary>
[Paper("A page gets its frame when it is first touched.",
    "T. Kilburn, D. B. G. Edwards, M. J. Lanigan, F. H. Sumner, One-level storage system, IRE Transactions on Electronic Computers EC-11(2), 1962")]
public sealed class Demand : IPolicy<Demand, DemandOptions>
{
    private Demand(bool hasZeroPage) => HasZeroPage = hasZeroPage;

    public static string Name => "paging/demand";

    /// <summary>Whether pages that have only been read share the zero page.</summary>
    public bool HasZeroPage { get; }

    public static Demand Create(DemandOptions options, PolicyContext context) => new(options.ZeroPage);
}

/// <summary>Options of <see cref="Demand"/>.</summary>
public sealed record DemandOptions
{
    /// <summary>Linux has one; a memory whose pages all count, as textbooks have it, has not.</summary>
    [Option("Whether a page that has only been read shares one frame of zeros, as in Linux, instead of taking one")]
    public bool ZeroPage { get; init; }
}
