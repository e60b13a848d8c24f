using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Lab.Experiments;

namespace Sim.Lab.Programs;

/// <summary>On what a recording is replayed.</summary>
/// <param name="Policies">How mappings are kept.</param>
/// <param name="Memory">The machine's memory.</param>
public sealed record ProgramSettings(AddressSpacePolicies Policies, ByteSize Memory)
{
    private static readonly string[] _keys = ["machine.memory", "policies.vma-index", "policies.vma-merge"];

    /// <summary>Linux's rules, and more memory than most programs ask for.</summary>
    public static ProgramSettings Default { get; } = new(BuiltIn.AddressSpaces, new ByteSize(24L << 30));

    /// <summary>The default with some keys set, each as key=value, with policies of a catalogue. Throws a <see cref="PolicyOptionException"/> at one that cannot be.</summary>
    public static ProgramSettings With(IEnumerable<string> overrides, PolicyCatalogue policies)
    {
        ProgramSettings settings = Default;
        foreach (string text in overrides)
        {
            int equals = text.IndexOf('=', System.StringComparison.Ordinal);
            if (equals < 0) throw new PolicyOptionException($"--set {text}: there is no '='; write --set machine.memory=8GiB");
            settings = settings.With(text[..equals].Trim(), text[(equals + 1)..].Trim(), text, policies);
        }
        return settings;
    }

    private ProgramSettings With(string key, string value, string text, PolicyCatalogue policies)
    {
        try
        {
            switch (key)
            {
                case "machine.memory":
                    if (Quantity.TryParseSize(value, out ByteSize memory) && memory.Bytes is >= 1 << 20 and <= 1L << 40) return this with { Memory = memory };
                    throw new PolicyOptionException("the memory lies between 1MiB and 1TiB");
                case "policies.vma-index": return this with { Policies = Policies with { Index = PolicyChoice.Parse(policies, "vma-index", value) } };
                case "policies.vma-merge": return this with { Policies = Policies with { Merge = PolicyChoice.Parse(policies, "vma-merge", value) } };
                default: throw new PolicyOptionException($"there is no key '{key}'; {NearestName.Suggest(key, _keys)}");
            }
        }
        catch (PolicyOptionException e)
        {
            throw new PolicyOptionException($"--set {text}: {e.Message}");
        }
    }
}
