using Sim.Core.Contracts;

namespace Sim.Policies.Paging;

/// <summary>
/// A fault brings the pages around it as well, within an aligned window: those of a file that are cached, and on demand those of anonymous memory that were never
/// touched, as far as there are free frames for them.
/// <para>K. A. Shutemov, "mm: map few pages around fault address if they are in page cache", Linux 3.15, 2014.</para>
/// <para>Deviation: Linux does it for files alone; `anonymous` does it for anonymous memory too.</para>
/// </summary>
[Paper("A fault brings the pages around it as well, within an aligned window.", "K. A. Shutemov, mm: map few pages around fault address if they are in page cache, Linux 3.15, 2014")]
public sealed class FaultAround : IPolicy<FaultAround, FaultAroundOptions>, IPaging
{
    private FaultAround(FaultAroundOptions options)
    {
        HasZeroPage = options.ZeroPage;
        Rules = new PagingRules { FilePages = options.Pages, AnonymousPages = options.Anonymous ? options.Pages : 1 };
    }

    public static string Name => "paging/fault-around";

    public bool HasZeroPage { get; }

    public PagingRules Rules { get; }

    public static FaultAround Create(FaultAroundOptions options, PolicyContext context) => new(options);
}

/// <summary>Options of <see cref="FaultAround"/>.</summary>
public sealed record FaultAroundOptions : PagingOptions
{
    [Option("Pages of the window; Linux has 16", Minimum = 1, Maximum = 512, PowerOfTwo = true)]
    public int Pages { get; init; } = 16;

    [Option("Whether anonymous memory comes in windows too")]
    public bool Anonymous { get; init; }
}
