using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;
using Xunit;

namespace Sim.Tests.Workloads;

public sealed class ModelCatalogueTests
{
    [Fact]
    public void TheModelsAreSortedByName()
    {
        ModelCatalogue.Models.Select(entry => entry.Name).ShouldBe(
        [
            "hot-cold", "loop", "lru-stack", "mixture", "phases", "pointer-chase", "sawtooth", "schedule",
            "sequential", "strided", "uniform", "zipf",
        ]);
    }

    [Fact]
    public void AnOptionShowsItsNameDefaultRangeAndMeaning()
    {
        OptionDescription option = ModelCatalogue.Find("hot-cold")!.Options[0];
        option.Name.ShouldBe("hot-fraction");
        option.Default.ShouldBe(0.2);
        option.Range.ShouldBe("from 0 to 1");
        option.Type.ShouldBe(typeof(double));
        option.Meaning.ShouldStartWith("Part of the region");
    }

    [Fact]
    public void AnUnknownModelIsAnErrorThatNamesTheNearest()
    {
        PolicyOptionException error = Should.Throw<PolicyOptionException>(() => Models.Make("zipff", new ZipfOptions(), 10));
        error.Message.ShouldStartWith("there is no model 'zipff'; did you mean 'zipf'?");
    }

    [Theory]
    [InlineData("HoldingTime", "holding-time")]
    [InlineData("Alpha", "alpha")]
    public void NamesAreKebabCase(string property, string name) => OptionDescription.KebabCase(property).ShouldBe(name);

    [Fact]
    public void OptionsThatDoNotFitTheRegionOrEachOtherAreRefused()
    {
        Refused("loop", new LoopOptions { Pages = 11 }, "loop: pages is 11; the region has 10");
        Refused("sequential", new SequentialOptions { Start = 10 }, "sequential: start is 10; it must lie in the region of 10 pages");
        Refused("phases", new PhasesOptions { SetSize = 6 }, "phases: the region has 10 pages; two sets in succession take from 12 to");
        Refused("phases", new PhasesOptions { SetSize = 3, Overlap = 3 }, "phases: overlap is 3; it must be below the smallest set of 3 pages");
        Refused("mixture", new MixtureOptions(), "mixture: the weights sum to 0");
        Refused("mixture", new MixtureOptions { Parts = [new()] }, "mixture: parts[0] names no model");
        Refused("mixture", new MixtureOptions { Parts = [new() { First = -1 }] }, "mixture: parts[0]: first is -1; it must be at least 0");
        Refused("schedule", new ScheduleOptions(), "schedule: it has no steps");
        Refused("schedule", new ScheduleOptions { Steps = [new() { Model = Looping(3) }] }, "schedule: steps[0] has a count of 0");
        Refused("schedule", new ScheduleOptions { Steps = [new() { Count = 5, Model = Looping(30) }] }, "schedule: steps[0]: loop: pages is 30");
        Refused("schedule", new ScheduleOptions { Steps = [new() { Count = 5, First = 4, Pages = 7, Model = Looping(3) }] }, "schedule: steps[0]: 7 pages from page 4 do not lie");
        Refused("lru-stack", new LruStackModelOptions { Distances = [new() { Probability = 0.7 }, new() { Probability = 0.4 }] }, "lru-stack: the probabilities of the distances sum to 1.1");
    }

    private static ModelSpec Looping(long pages) => new("loop", new LoopOptions { Pages = pages });

    private static void Refused(string model, object options, string message)
        => Should.Throw<PolicyOptionException>(() => Models.Make(model, options, 10)).Message.ShouldStartWith(message);
}
