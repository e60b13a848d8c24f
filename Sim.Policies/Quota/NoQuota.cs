using Sim.Core.Contracts;

namespace Sim.Policies.Quota;

/// <summary>
/// Global replacement: one domain of all memory, in which every process may take every other's frames.
/// <para>P. J. Denning, "Virtual memory", ACM Computing Surveys 2(3), 1970, on global against local policies.</para>
/// </summary>
[Paper("One domain of all memory: a process's fault may take another's frame.",
    "P. J. Denning, Virtual memory, ACM Computing Surveys 2(3), 1970")]
public sealed class NoQuota : IPolicy<NoQuota, NoOptions>
{
    private NoQuota()
    {
    }

    public static string Name => "quota/none";

    public static NoQuota Create(NoOptions options, PolicyContext context) => new();
}
