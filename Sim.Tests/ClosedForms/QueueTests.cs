using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class QueueTests
{
    [Fact]
    public void ConstantServiceHalvesTheWait()
    {
        SingleServerQueue.WaitingTimeMD1(0.8, 1).ShouldBe(2, 1e-12);
        SingleServerQueue.WaitingTimeMM1(0.8, 1).ShouldBe(4, 1e-12);
    }

    /// <summary>Uniform service on 0..2 has the mean square 4/3.</summary>
    [Fact]
    public void PollaczekAndKhinchinNeedOnlyTwoMoments() =>
        SingleServerQueue.WaitingTimeMG1(0.5, 1, 4.0 / 3).ShouldBe(2.0 / 3, 1e-12);

    [Fact]
    public void MoreThanTheServersBearWaitsForEver()
    {
        SingleServerQueue.WaitingTimeMM1(1, 1).ShouldBe(double.PositiveInfinity);
        MultiServerQueue.WaitingTimeMMc(2, 2, 1).ShouldBe(double.PositiveInfinity);
        MultiServerQueue.WaitingTimeMDc(2, 2.5, 1).ShouldBe(double.PositiveInfinity);
    }

    /// <summary>B from the definition, a^c / c! over the sum of a^k / k!.</summary>
    [Fact]
    public void ErlangsRecursionIsHisFormula()
    {
        double term = 1, sum = 1;
        for (int k = 1; k <= 5; k++)
            sum += term *= 3.0 / k;

        Erlang.Loss(5, 3).ShouldBe(term / sum, 1e-15);
        Erlang.Delay(5, 3).ShouldBe(term / (1 - 0.6) / (sum - term + term / (1 - 0.6)), 1e-15);
        Erlang.Delay(1, 0.7).ShouldBe(0.7, 1e-15);
        Erlang.Loss(5000, 4900).ShouldBeInRange(0.001, 0.02);
    }

    [Theory]
    [InlineData(2, 0.8, 1.777778)]
    [InlineData(1, 0.8, 4)]
    public void SeveralServersWaitByErlangsC(int servers, double utilisation, double expected) =>
        MultiServerQueue.WaitingTimeMMc(servers, utilisation * servers, 1).ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData(1, 0.8)]
    [InlineData(2, 0.8)]
    [InlineData(4, 0.9)]
    [InlineData(8, 0.7)]
    public void CrommelinsWaitIsThatOfHisChain(int servers, double utilisation) =>
        MultiServerQueue.WaitingTimeMDc(servers, utilisation * servers, 1)
            .ShouldBe(WaitFromTheChain(servers, utilisation * servers), 1e-9);

    /// <summary>Number present, from one service time to the next: those beyond the servers stay, a Poisson number comes.</summary>
    private static double WaitFromTheChain(int servers, double load)
    {
        const int States = 300;
        var arrivals = new double[States];
        arrivals[0] = Math.Exp(-load);
        for (int k = 1; k < States; k++)
            arrivals[k] = arrivals[k - 1] * load / k;

        var present = new double[States];
        present[0] = 1;
        for (int round = 0; round < 2000; round++)
        {
            var next = new double[States];
            for (int n = 0; n < States; n++)
            {
                int staying = Math.Max(0, n - servers);
                for (int k = 0; staying + k < States && k < 60; k++)
                    next[staying + k] += present[n] * arrivals[k];
            }
            present = next;
        }
        return present.Select((probability, n) => probability * Math.Max(0, n - servers)).Sum() / load;
    }
}
