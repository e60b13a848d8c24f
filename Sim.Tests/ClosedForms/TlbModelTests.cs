using System;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class TlbModelTests
{
    [Theory]
    [InlineData(1, 64, 64, 0)]
    [InlineData(1, 64, 65, 1)]
    [InlineData(16, 4, 64, 0)]
    [InlineData(16, 4, 65, 5.0 / 65)]
    [InlineData(16, 4, 72, 40.0 / 72)]
    [InlineData(16, 4, 80, 1)]
    public void ALoopBeyondTheReachThrashesItsFullSets(int sets, int ways, long pages, double expected) =>
        TlbModel.CyclicMissRatio(sets, ways, pages).ShouldBe(expected, 1e-15);
}
