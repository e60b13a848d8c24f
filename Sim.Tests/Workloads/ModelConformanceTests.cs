using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;
using Xunit;

namespace Sim.Tests.Workloads;

/// <summary>What every reference model of the catalogue has to hold. A new model adds nothing here.</summary>
public sealed class ModelConformanceTests
{
    private const int Pages = 500;
    private const int References = 5000;

    public static TheoryData<string> Models => new(ModelCatalogue.Models.Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Models))]
    public void TheSameSeedGivesTheSameStream(string model)
    {
        uint[] first = Stream(Make(model), References);
        Stream(Make(model), References).ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AStreamDoesNotDependOnHowItIsCutIntoBlocks(string model)
    {
        uint[] whole = Stream(Make(model), References);
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt[]>(), lengths =>
        {
            IReferenceModel cut = Make(model);
            var pages = new uint[References];
            int at = 0;
            for (int i = 0; at < References; i++)
            {
                int length = lengths.Length == 0 ? 1 : lengths[i % lengths.Length].Get * (i % 3 == 2 ? 40 : 1);
                length = Math.Min(length, References - at);
                cut.Fill(pages.AsSpan(at, length));
                at += length;
            }
            return pages.AsSpan().SequenceEqual(whole);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryReferenceIsWithinTheRegion(string model)
    {
        foreach (long pages in new long[] { 61, 500, 70_001 })
        {
            IReferenceModel made = Make(model, pages: pages);
            made.Pages.ShouldBe(pages);
            ((long)Stream(made, References).Max()).ShouldBeLessThan(pages);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void NothingIsAllocatedPerReference(string model)
    {
        IReferenceModel made = Make(model);
        var pages = new uint[1000];
        for (int i = 0; i < 20; i++) made.Fill(pages);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) made.Fill(pages);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ANumberOutsideOfItsRangeIsRefusedByName(string model)
    {
        ModelEntry entry = ModelCatalogue.Find(model)!;
        foreach (OptionDescription option in entry.Options)
        {
            if (option.Type == typeof(double)) Refused(entry, option, double.NaN);
            if (double.IsFinite(option.Minimum)) Refused(entry, option, option.Minimum - 1);
            if (double.IsFinite(option.Maximum)) Refused(entry, option, option.Maximum * 1.5);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ARegionThatNoModelTakesIsRefused(string model)
    {
        Should.Throw<PolicyOptionException>(() => Make(model, pages: 0)).Message.ShouldContain("region has 0 pages");
        Should.Throw<PolicyOptionException>(() => Make(model, pages: 1L << 32)).Message.ShouldContain("region has 4294967296 pages");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryModelSaysWhatItIs(string model)
    {
        ModelEntry entry = ModelCatalogue.Find(model)!;
        entry.Name.ShouldMatch("^[a-z]+(-[a-z]+)*$");
        entry.Mechanism.ShouldEndWith(".");
        entry.Reference.ShouldNotBeEmpty();
        foreach (OptionDescription option in entry.Options) option.Meaning.ShouldMatch("[^.]$");
    }

    private static void Refused(ModelEntry entry, OptionDescription option, double value)
    {
        object options = SampleOptions.For(entry);
        option.Property.SetValue(options, Convert.ChangeType(value, option.Type));
        PolicyOptionException error = Should.Throw<PolicyOptionException>(() => entry.Create(options, new ModelContext(Pages, 1)));
        error.Message.ShouldStartWith($"{entry.Name}: {option.Name} is ");
    }

    private static IReferenceModel Make(string model, long pages = Pages, ulong seed = 7)
        => ModelCatalogue.Create(new ModelSpec(model, SampleOptions.For(ModelCatalogue.Find(model)!)), new ModelContext(pages, seed));

    private static uint[] Stream(IReferenceModel model, int count)
    {
        var pages = new uint[count];
        model.Fill(pages);
        return pages;
    }
}
