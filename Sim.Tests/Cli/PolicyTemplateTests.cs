using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Lab;
using Sim.Lab.Catalogue;
using Xunit;

namespace Sim.Tests.Cli;

/// <summary>`sim new policy`: the source of a policy that ships under a name of the user's own.</summary>
public sealed class PolicyTemplateTests : IDisposable
{
    private readonly SimProcess _sim = new();

    /// <summary>The shortest of each point, and such as lean on types beside them.</summary>
    public static TheoryData<string> Choices =>
    [
        .. BuiltIn.Policies.Entries.Select(entry => entry.Point).Distinct().Where(point => point != "quota"),
        "reclaim/clock", "reclaim/w-tinylfu", "vma-index/maple", "vma-index/list-rbtree", "frame-allocator/first-fit",
        "readahead/leap", "readahead/vma-window", "placement/aslr", "paging/fault-around", "fork/cow",
    ];

    public void Dispose() => _sim.Dispose();

    [Theory]
    [MemberData(nameof(Choices))]
    public void CompilesAsItIs(string choice)
    {
        string point = choice.Split('/')[0];
        string? like = choice.Split('/').ElementAtOrDefault(1);
        PolicyTemplate template = PolicyTemplate.Of(BuiltIn.Policies, point + "/my-own", like);
        template.TypeName.ShouldBe("MyOwn");
        if (like is not null) template.Like.Name.ShouldBe(like);
        _sim.Write("MyOwn.cs", template.Text);
        PolicyEntry entry = PolicyFile.AddTo(BuiltIn.Policies, [_sim.PathOf("MyOwn.cs")]).Find(point, "my-own").ShouldNotBeNull();
        entry.Implementation.FullName.ShouldBe("MyPolicies.MyOwn");
        entry.Options.Select(option => option.Name).ShouldBe(template.Like.Options.Select(option => option.Name), ignoreOrder: true);
    }

    [Fact]
    public void WritesAFileOnceAndReplaysAsItsModelDoes()
    {
        _sim.Run("new", "policy", "reclaim/my-arc", "--like", "arc").Out.ShouldStartWith("MyArc.cs: a copy of reclaim/arc");
        string written = File.ReadAllText(_sim.PathOf("MyArc.cs"));
        Ended again = _sim.Run("new", "policy", "reclaim/my-arc");
        again.Code.ShouldBe(2);
        again.Error.ShouldContain("MyArc.cs: is there already");
        File.ReadAllText(_sim.PathOf("MyArc.cs")).ShouldBe(written);
        _sim.Write("trace.txt", string.Join('\n', Enumerable.Range(0, 3000).Select(i => (i * i) % 131)));
        Ended replay = _sim.Run("replay", "trace.txt", "--policy", "arc,my-arc", "--policy-file", "MyArc.cs", "--frames", "40", "--csv");
        string[] misses = [.. replay.Out.Split("\r\n").Skip(1).Take(2).Select(line => line.Split(',')[^1])];
        misses[0].ShouldBe(misses[1]);
    }

    [Theory]
    [InlineData("mine", null, "'mine' is no name for a policy; write its point and a name in small letters: reclaim/mine")]
    [InlineData("reclaim/Mine", null, "is no name for a policy")]
    [InlineData("reclame/mine", null, "there is no policy point 'reclame'; did you mean 'reclaim'?")]
    [InlineData("reclaim/lru", null, "there is a reclaim policy 'lru' already")]
    [InlineData("quota/mine", null, "the policies at 'quota' are built in; none can be added")]
    [InlineData("reclaim/mine", "lruu", "there is no reclaim policy 'lruu'; did you mean 'lru'?")]
    public void WhatCannotBeIsSaid(string name, string? like, string message) =>
        Should.Throw<PolicyOptionException>(() => PolicyTemplate.Of(BuiltIn.Policies, name, like)).Message.ShouldContain(message);
}
