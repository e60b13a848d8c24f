using System;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Sim.Core.Metrics;
using Xunit;

namespace Sim.Tests.Metrics;

/// <summary>The names of counters, and arithmetic on sets of them.</summary>
public sealed class CounterNamesTests
{
    [Fact]
    public void EveryCounterHasItsOwnNameAndAMeaning()
    {
        CounterNames.All.Select(row => row.Counter).ShouldBe(Enum.GetValues<Counter>());
        CounterNames.Count.ShouldBe(Enum.GetValues<Counter>().Length);
        CounterNames.All.Select(row => row.Name).ShouldBeUnique();
        foreach (var (counter, name, meaning) in CounterNames.All)
        {
            counter.Name().ShouldBe(name);
            Regex.IsMatch(name, "^[a-z][a-z0-9_]*$").ShouldBeTrue(name);
            meaning.ShouldNotBeNullOrWhiteSpace(name);
        }
    }

    [Fact]
    public void ASnapshotStandsStillAndSinceIsTheDifference()
    {
        var counters = new CounterSet();
        counters.Add(Counter.Pgfault, 3);
        CounterSet before = counters.Snapshot();
        counters.Add(Counter.Pgfault, 4);
        counters.Add(Counter.OomKill);
        before[Counter.Pgfault].ShouldBe(3);
        CounterSet since = counters.Since(before);
        (since[Counter.Pgfault], since[Counter.OomKill], since[Counter.References]).ShouldBe((4, 1, 0));
        before.Add(since);
        foreach (Counter counter in Enum.GetValues<Counter>()) before[counter].ShouldBe(counters[counter]);
    }
}
