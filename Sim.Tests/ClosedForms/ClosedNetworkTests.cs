using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class ClosedNetworkTests
{
    /// <summary>With Z = 9, S = 1 and three users, p_0 = 1 / (1 + 3/9 + 6/81 + 6/729).</summary>
    [Fact]
    public void MachineRepairIsTheBirthAndDeathChain()
    {
        double idle = 1 / (1 + 3.0 / 9 + 6.0 / 81 + 6.0 / 729);

        MachineRepair.Utilisation(3, 9, 1).ShouldBe(1 - idle, 1e-14);
        MachineRepair.Throughput(3, 9, 1).ShouldBe(1 - idle, 1e-14);
        MachineRepair.ResponseTime(3, 9, 1).ShouldBe(3 / (1 - idle) - 9, 1e-12);
        MachineRepair.Utilisation(2, 0, 1).ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    public void MeanValueAnalysisOfOneStationIsMachineRepair(int users)
    {
        var network = ClosedNetwork.Solve(users, thinkTime: 20, demands: [0.5]);

        network.Throughput.ShouldBe(MachineRepair.Throughput(users, 20, 0.5), 1e-10);
        network.ResponseTime.ShouldBe(MachineRepair.ResponseTime(users, 20, 0.5), 1e-8);
    }

    /// <summary>K equal stations and n customers share X = n / (D (n + K - 1)), every division of the customers being as likely.</summary>
    [Fact]
    public void EqualStationsShareTheirCustomersEqually()
    {
        var network = ClosedNetwork.Solve(5, thinkTime: 0, demands: [2, 2, 2]);

        network.Throughput.ShouldBe(5.0 / (2 * 7), 1e-14);
        network.QueueLengths.ShouldAllBe(length => Math.Abs(length - 5.0 / 3) < 1e-14);
        network.Utilisations.ShouldAllBe(utilisation => Math.Abs(utilisation - 5.0 / 7) < 1e-14);
    }

    [Fact]
    public void TheOperationalLawsHoldInAClosedNetwork()
    {
        var network = ClosedNetwork.Solve(12, thinkTime: 30, demands: [1, 4, 2.5]);

        OperationalLaws.Population(network.Throughput, network.ResponseTime + 30).ShouldBe(12, 1e-12);
        OperationalLaws.Utilisation(network.Throughput, 4).ShouldBe(network.Utilisations[1], 1e-15);
        OperationalLaws.ResponseTime(12, network.Throughput, 30).ShouldBe(network.ResponseTime, 1e-12);
        network.QueueLengths.Sum().ShouldBe(OperationalLaws.Population(network.Throughput, network.ResponseTime), 1e-12);
    }
}
