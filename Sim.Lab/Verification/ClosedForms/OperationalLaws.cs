namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Laws that hold for any system and any distribution, if what is counted in is counted out: a simulator that breaks one has lost
/// a customer or an interval. P. J. Denning, J. P. Buzen, "The operational analysis of queueing network models", ACM Computing
/// Surveys 10(3), 1978; J. D. C. Little, "A proof for the queuing formula L = lambda W", Operations Research 9(3), 1961.
/// </summary>
public static class OperationalLaws
{
    /// <summary>Little: N = X R, mean number in the system from throughput and mean time in it.</summary>
    public static double Population(double throughput, double timeInSystem) => throughput * timeInSystem;

    /// <summary>U = X S. For several servers it is the mean number that are busy.</summary>
    public static double Utilisation(double throughput, double meanService) => throughput * meanService;

    /// <summary>R = N / X - Z, interactive response time.</summary>
    public static double ResponseTime(double population, double throughput, double thinkTime) => population / throughput - thinkTime;
}
