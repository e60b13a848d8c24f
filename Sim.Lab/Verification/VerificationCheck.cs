namespace Sim.Lab.Verification;

/// <summary>One comparison of what the simulator does with what is known.</summary>
/// <param name="Suite">The group that it belongs to.</param>
/// <param name="Name">What is compared.</param>
/// <param name="Simulated">The simulator's value.</param>
/// <param name="Expected">The value that a formula, a paper or a recording gives.</param>
/// <param name="Low">The smallest value that passes.</param>
/// <param name="High">The largest value that passes.</param>
/// <param name="Source">Where the expectation comes from.</param>
public sealed record VerificationCheck(string Suite, string Name, double Simulated, double Expected, double Low, double High, string Source)
{
    /// <summary>Whether the simulated value lies in the interval.</summary>
    public bool Passes => Simulated >= Low && Simulated <= High;

    /// <summary>A count that must be equal.</summary>
    public static VerificationCheck Exact(string suite, string name, double simulated, double expected, string source) =>
        new(suite, name, simulated, expected, expected, expected, source);

    /// <summary>A value that must lie within a distance of the expectation.</summary>
    public static VerificationCheck Within(string suite, string name, double simulated, double expected, double distance, string source) =>
        new(suite, name, simulated, expected, expected - distance, expected + distance, source);
}
