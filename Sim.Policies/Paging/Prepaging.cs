using Sim.Core.Contracts;

namespace Sim.Policies.Paging;

/// <summary>
/// A fault in anonymous memory brings the next pages as well that were never touched, as far as the mapping and its leaf table go and there are free frames for them.
/// <para>M. Joseph, "An analysis of paging and program behaviour", The Computer Journal 13(1), 1970.</para>
/// <para>Deviation: Joseph's one block look-ahead fetches the next page of a program from the drum; here nothing is read, and pages in swap are left there. Files have readahead.</para>
/// </summary>
[Paper("A fault in anonymous memory brings the next pages as well that were never touched.", "M. Joseph, An analysis of paging and program behaviour, The Computer Journal 13(1), 1970")]
public sealed class Prepaging : IPolicy<Prepaging, PrepagingOptions>, IPaging
{
    private Prepaging(PrepagingOptions options)
    {
        HasZeroPage = options.ZeroPage;
        Rules = new PagingRules { PagesAhead = options.Pages };
    }

    public static string Name => "paging/prepaging";

    public bool HasZeroPage { get; }

    public PagingRules Rules { get; }

    public static Prepaging Create(PrepagingOptions options, PolicyContext context) => new(options);
}

/// <summary>Options of <see cref="Prepaging"/>.</summary>
public sealed record PrepagingOptions : PagingOptions
{
    [Option("Pages after the faulting one", Minimum = 1, Maximum = 511)]
    public int Pages { get; init; } = 7;
}
