using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab.Verification;
using Xunit;

namespace Sim.Tests.Verification;

/// <summary>What `sim verify --quick` checks: closed forms with their stated intervals, recordings exactly.</summary>
public sealed class VerifierTests
{
    [Fact]
    public void EveryCheckOfEverySuiteHolds()
    {
        IReadOnlyList<VerificationCheck> checks = Verifier.Run(new RecordedData(Path.Combine(AppContext.BaseDirectory, "Data")), isQuick: true, jobs: 2);
        checks.Where(check => !check.Passes).Select(check => $"{check.Name}: {check.Simulated}, not {check.Low} to {check.High}").ShouldBeEmpty();
        checks.Select(check => check.Suite).Distinct().Count().ShouldBeGreaterThanOrEqualTo(7);
        checks.Select(check => check.Name).ShouldBeUnique();
    }

    /// <summary>An interval that takes anything would pass anything.</summary>
    [Fact]
    public void NoIntervalIsWideForWhatItHolds()
    {
        string[] closedForms = ["independent references", "locality", "reference strings"];
        foreach (VerificationCheck check in Verifier.Run(null, isQuick: true, jobs: 2).Where(check => closedForms.Contains(check.Suite) && check.Low > 0))
            (check.High - check.Low).ShouldBeLessThanOrEqualTo(0.25 * check.Expected, check.Name);
    }
}
