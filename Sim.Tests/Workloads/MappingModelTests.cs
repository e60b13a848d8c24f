using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Workloads.Mappings;
using Xunit;

namespace Sim.Tests.Workloads;

/// <summary>What every mapping model owes, run over the whole catalogue.</summary>
public sealed class MappingModelTests
{
    private const int Calls = 6_000;

    public static TheoryData<string> Models => new(MappingCatalogue.Models.Select(model => model.Name));

    [Theory]
    [MemberData(nameof(Models))]
    public void ReferencesAreToPagesThatAreMappedAndPermitThem(string model)
    {
        IMappingModel source = Create(model, seed: 3);
        var regions = new Dictionary<int, List<Protection>>();
        for (int i = 0; i < Calls; i++)
        {
            MappingCall call = source.Next();
            Apply(call, regions);
            for (int touch = 0; touch < 3; touch++)
            {
                MappedPage reference = source.Reference();
                List<Protection> pages = regions[reference.Region];
                reference.Page.ShouldBeInRange(0, pages.Count - 1);
                (pages[(int)reference.Page] & (reference.IsStore ? Protection.Write : Protection.Read)).ShouldNotBe(Protection.None, $"call {i}: {call}, then {reference}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TheSameSeedGivesTheSameStreamAndAnotherSeedAnother(string model)
    {
        string[] streams = [.. new ulong[] { 5, 5, 6 }.Select(seed =>
        {
            IMappingModel source = Create(model, seed);
            return string.Join(';', Enumerable.Range(0, 500).Select(_ => $"{source.Next()}{source.Reference()}"));
        })];
        streams[1].ShouldBe(streams[0]);
        streams[2].ShouldNotBe(streams[0]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OptionsOutOfRangeAreRefused(string model)
    {
        MappingModelEntry entry = MappingCatalogue.Find(model)!;
        foreach (OptionDescription option in entry.Options.Where(option => option.Type == typeof(int)))
        {
            object options = Activator.CreateInstance(entry.OptionsType)!;
            option.Property.SetValue(options, 0);
            Should.Throw<PolicyOptionException>(() => entry.Create(options, 1)).Message.ShouldContain(option.Name);
        }
    }

    [Theory]
    [InlineData(LengthDistribution.LogNormal, 1.0)]
    [InlineData(LengthDistribution.Pareto, 1.5)]
    [InlineData(LengthDistribution.Constant, 1.0)]
    public void LengthsHaveTheirMedian(LengthDistribution distribution, double spread)
    {
        var lengths = new Lengths(distribution, 400, spread, 1 << 20);
        var random = new RandomStream(1);
        long[] drawn = [.. Enumerable.Range(0, 20_001).Select(_ => lengths.Draw(ref random)).Order()];
        ((double)drawn[10_000]).ShouldBe(400, 15);
        // Half of the log-normal distribution lies within e^0.6745 of its median; a Pareto distribution's upper quartile is 2^(1/1.5) of it.
        double upper = distribution switch
        {
            LengthDistribution.LogNormal => 400 * Math.Exp(0.6745),
            LengthDistribution.Pareto => 400 * Math.Pow(2, 1 / 1.5),
            _ => 400,
        };
        ((double)drawn[15_000]).ShouldBe(upper, 40);
    }

    [Fact]
    public void ALoadersLibraryIsThisMap()
    {
        IMappingModel loader = Create("loader", seed: 9);
        var regions = new Dictionary<int, List<Protection>>();
        MappingCall[] calls = [.. Enumerable.Range(0, 6).Select(_ => loader.Next())];
        foreach (MappingCall call in calls) Apply(call, regions);
        string map = string.Concat(regions[calls[0].Region].Select(Letter));
        // headers, text, constants and relocated data, data and bss
        map.ShouldMatch("^rx+r{2,}w{3,}$");
        calls.Select(call => call.File == 0).ShouldBe([false, false, false, false, true, true]);

        static char Letter(Protection protection) => protection switch
        {
            Protection.Read => 'r',
            Protection.ReadWrite => 'w',
            _ => 'x',
        };
    }

    private static IMappingModel Create(string model, ulong seed)
    {
        MappingModelEntry entry = MappingCatalogue.Find(model)!;
        return entry.Create(Activator.CreateInstance(entry.OptionsType)!, seed);
    }

    /// <summary>What the call does to the pages of its region, which must be there.</summary>
    private static void Apply(MappingCall call, Dictionary<int, List<Protection>> regions)
    {
        switch (call.Kind)
        {
            case MappingCallKind.Map:
                call.Pages.ShouldBePositive();
                if (call.Near != 0) call.Offset.ShouldBeOneOf(regions[call.Near].Count, -call.Pages);
                regions.Add(call.Region, [.. Enumerable.Repeat(call.Protection, (int)call.Pages)]);
                break;
            case MappingCallKind.Break:
                List<Protection> heap = regions.TryGetValue(call.Region, out List<Protection>? known) ? known : regions[call.Region] = [];
                if (call.Pages > 0) heap.AddRange(Enumerable.Repeat(Protection.ReadWrite, (int)call.Pages));
                else heap.RemoveRange(heap.Count + (int)call.Pages, -(int)call.Pages);
                break;
            case MappingCallKind.Unmap:
                (call.Offset, call.Pages).ShouldBe((0, regions[call.Region].Count));
                regions.Remove(call.Region);
                break;
            case MappingCallKind.Resize:
                call.Pages.ShouldBe(regions[call.Region].Count);
                call.NewPages.ShouldBePositive();
                Protection access = regions[call.Region].Distinct().Single();
                regions[call.Region] = [.. Enumerable.Repeat(access, (int)call.NewPages)];
                break;
            default:
                call.Pages.ShouldBePositive();
                (call.Offset + call.Pages).ShouldBeLessThanOrEqualTo(regions[call.Region].Count);
                for (long page = call.Offset; page < call.Offset + call.Pages; page++) regions[call.Region][(int)page] = call.Protection;
                break;
        }
    }
}
