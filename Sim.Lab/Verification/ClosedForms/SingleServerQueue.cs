using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Poisson arrivals at one server, first come first served. Waiting excludes service, response includes it; rates and times in
/// any consistent unit. Where the arrivals are more than the server bears the wait is infinite.
/// <code>M/G/1: Wq = lambda E[S^2] / (2 (1 - rho)),   M/D/1: Wq = rho S / (2 (1 - rho)),   M/M/1: W = 1 / (mu - lambda)</code>
/// F. Pollaczek, Math. Zeitschrift 32, 1930; A. Y. Khinchin, Mat. Sbornik 39, 1932.
/// </summary>
public static class SingleServerQueue
{
    public static double WaitingTimeMG1(double arrivalRate, double meanService, double meanSquaredService)
    {
        double utilisation = arrivalRate * meanService;
        return utilisation >= 1 ? double.PositiveInfinity : arrivalRate * meanSquaredService / (2 * (1 - utilisation));
    }

    /// <param name="service">The same for all.</param>
    public static double WaitingTimeMD1(double arrivalRate, double service) =>
        WaitingTimeMG1(arrivalRate, service, service * service);

    /// <param name="meanService">Of an exponential distribution, whose mean square is twice the mean's.</param>
    public static double WaitingTimeMM1(double arrivalRate, double meanService) =>
        WaitingTimeMG1(arrivalRate, meanService, 2 * meanService * meanService);
}
