using Sim.Core.Contracts;

namespace Sim.Policies.Quota;

/// <summary>
/// A fixed partition: every process may hold the same number of frames, and its pages are replaced among its own.
/// <para>P. J. Denning, "Virtual memory", ACM Computing Surveys 2(3), 1970, section on fixed partitions.</para>
/// </summary>
[Paper("Every process holds at most this many frames, and replaces among its own pages.",
    "P. J. Denning, Virtual memory, ACM Computing Surveys 2(3), 1970")]
public sealed class FixedQuota : IPolicy<FixedQuota, FixedQuotaOptions>
{
    private FixedQuota(int frames) => Frames = frames;

    public static string Name => "quota/fixed";

    /// <summary>Frames that each process may hold.</summary>
    public int Frames { get; }

    public static FixedQuota Create(FixedQuotaOptions options, PolicyContext context) => options.Frames <= context.Frames
        ? new FixedQuota(options.Frames)
        : throw new PolicyOptionException($"frames: {options.Frames} is more than the machine's {context.Frames}");
}

/// <summary>Options of <see cref="FixedQuota"/>.</summary>
public sealed record FixedQuotaOptions
{
    [Option("Frames of 4 KiB that each process may hold", Minimum = 1, Maximum = 1 << 30)]
    public int Frames { get; init; } = 1024;
}
