using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Hardware;

/// <summary>A block device as a queue: times worked out by hand, and a mean wait that queueing theory gives.</summary>
public sealed class BlockDeviceTests
{
    /// <summary>
    /// Two channels, reads 100, writes 30:
    /// <code>
    ///   channel 0  |0 read 100|100 write 130|    |140 write 170|    |400 read 500|
    ///   channel 1  |0 read 100|100 read 200|
    /// </code>
    /// The write submitted at 10 takes channel 0 at 100, the read of 20 channel 1 at 100, the write of 140 channel 0, free since 130.
    /// </summary>
    [Fact]
    public void RequestsAreServedInOrderByTheChannelThatIsFreeFirst()
    {
        var device = new BlockDevice(new BlockDeviceSpec(new SimTime(100), new SimTime(30), 2), 1);
        Submit(0, false).ShouldBe(100);
        Submit(0, false).ShouldBe(100);
        Submit(10, true).ShouldBe(130);
        Submit(20, false).ShouldBe(200);
        Submit(140, true).ShouldBe(170);
        Submit(400, false).ShouldBe(500);
        device.Busy.ShouldBe(new SimTime(4 * 100 + 2 * 30));
        device.Latency.Count.ShouldBe(6);
        device.Latency.Total.ShouldBe(new SimTime(100 + 100 + 120 + 180 + 30 + 100));
        device.Latency.Maximum.ShouldBe(new SimTime(180));

        long Submit(long now, bool isWrite) => device.Submit(new SimTime(now), isWrite).Picoseconds;
    }

    [Fact]
    public void AnIdleChannelServesAtOnce()
    {
        var device = new BlockDevice(new BlockDeviceSpec(new SimTime(100), new SimTime(30), 1), 1);
        for (int i = 0; i < 10; i++) device.Submit(new SimTime(i * 100), false).ShouldBe(new SimTime((i + 1) * 100));
    }

    /// <summary>Pollaczek and Khinchine with constant service: rho / 2 (1 - rho) services, 2.0 at rho = 0.8. Exponential service doubles it.</summary>
    [Theory]
    [InlineData(ServiceTime.Constant, 2.0)]
    [InlineData(ServiceTime.Exponential, 4.0)]
    public void TheMeanWaitAtAnArrivalRateOfFourFifthsIsPollaczekAndKhinchines(ServiceTime service, double expected)
    {
        const long Service = 1_000_000;
        const int Requests = 2_000_000;
        var device = new BlockDevice(new BlockDeviceSpec(new SimTime(Service), new SimTime(Service), 1, service), 3);
        var random = new RandomStream(5);
        double now = 0;
        for (int i = 0; i < Requests; i++)
        {
            now += random.NextExponential(Service / 0.8);
            device.Submit(new SimTime((long)now), false);
        }
        double wait = (double)(device.Latency.Total - device.Busy).Picoseconds / Requests / Service;
        wait.ShouldBe(expected, 0.03 * expected);
        (device.Busy.Picoseconds / now).ShouldBe(0.8, 0.01);
    }
}
