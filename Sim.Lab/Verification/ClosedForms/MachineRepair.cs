using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// M/M/1//N: N users who think for an exponential Z and then ask one server for an exponential S; processes that compute
/// between their page faults and one swap device. The server is idle when all think, and that has the probability that
/// Erlang's loss formula gives to N busy servers under a load of Z / S:
/// <code>U = 1 - B(N, Z / S),   X = U / S,   R = N / X - Z.</code>
/// The law of the whole: J. P. Buzen's and P. J. Denning's operational analysis, ACM Computing Surveys 10(3), 1978.
/// </summary>
public static class MachineRepair
{
    public static double Utilisation(int users, double thinkTime, double meanService)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanService);
        return 1 - Erlang.Loss(users, thinkTime / meanService);
    }

    public static double Throughput(int users, double thinkTime, double meanService) =>
        Utilisation(users, thinkTime, meanService) / meanService;

    /// <summary>Waiting and service.</summary>
    public static double ResponseTime(int users, double thinkTime, double meanService) =>
        users / Throughput(users, thinkTime, meanService) - thinkTime;
}
