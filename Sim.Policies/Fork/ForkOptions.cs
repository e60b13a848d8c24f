using Sim.Core.Contracts;

namespace Sim.Policies.Fork;

/// <summary>Options of the policies after which parent and child both run.</summary>
public sealed record ForkOptions
{
    /// <summary>Linux lets the parent go on since 2.6.32.</summary>
    [Option("Who runs first: parent, which keeps its CPU, or child, to which it gives it")]
    public FirstToRun First { get; init; } = FirstToRun.Parent;
}
