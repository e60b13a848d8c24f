using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class WorkingSetTests
{
    private static readonly double[] _golden = Zipf.Probabilities(20, 0.8);

    [Fact]
    public void TheWorkingSetHasDenningAndSchwartzsSizeAndMissRatio()
    {
        WorkingSet.MissRatio(_golden, 15).ShouldBe(0.3679933, 5e-8);
        WorkingSet.MeanSize(_golden, 15).ShouldBe(9.2431478, 5e-8);
    }

    [Fact]
    public void TheWorkingSetGrowsByItsMissRatio()
    {
        for (int window = 0; window < 100; window++)
        {
            double growth = WorkingSet.MeanSize(_golden, window + 1) - WorkingSet.MeanSize(_golden, window);
            growth.ShouldBe(WorkingSet.MissRatio(_golden, window), 1e-13);
        }
    }
}
