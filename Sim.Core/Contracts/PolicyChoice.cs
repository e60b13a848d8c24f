using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Sim.Core.Contracts;

/// <summary>A policy with its options filled in.</summary>
/// <param name="Entry">The policy.</param>
/// <param name="Options">An instance of its options record.</param>
public sealed record PolicyChoice(PolicyEntry Entry, object Options)
{
    /// <summary>The type that implements the policy with these options.</summary>
    public Type Implementation => Target.Implementation;

    private (Type Implementation, object Options) Target => (Options as IRedirectsPolicy)?.Redirection ?? (Entry.Implementation, Options);

    /// <summary>The policy's name with the options that differ from their defaults: clock(set-on-load=false).</summary>
    public override string ToString()
    {
        var changed = Entry.Options
            .Select(option => (option, value: option.Property.GetValue(Options)))
            .Where(pair => !Equals(pair.value, pair.option.Default))
            .Select(pair => $"{pair.option.Name}={OptionText.Write(pair.value)}").ToArray();
        return changed.Length == 0 ? Entry.Name : $"{Entry.Name}({string.Join(',', changed)})";
    }

    /// <summary>A fresh policy for one domain.</summary>
    public object Create(PolicyContext context)
    {
        try
        {
            (Type implementation, object options) = Target;
            return implementation.GetMethod("Create", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [options, context])!;
        }
        catch (TargetInvocationException e) when (e.InnerException is PolicyOptionException inner)
        {
            throw new PolicyOptionException($"{this}: {inner.Message}");
        }
    }

    /// <summary>
    /// Reads name(key=value,key=value). Throws <see cref="PolicyOptionException"/> with the nearest valid name where there is no such
    /// policy or option, and with the range where a value is outside of it.
    /// </summary>
    public static PolicyChoice Parse(PolicyCatalogue catalogue, string point, string text)
    {
        string name = text.Trim();
        IEnumerable<KeyValuePair<string, string>> settings = [];
        int open = name.IndexOf('(');
        if (open >= 0)
        {
            if (!name.EndsWith(')')) throw new PolicyOptionException($"'{text}': the options of a policy end with ')': name(key=value,key=value)");
            settings = name[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Setting);
            name = name[..open].Trim();
        }
        return Bind(catalogue, point, name, settings);

        KeyValuePair<string, string> Setting(string pair)
        {
            int equals = pair.IndexOf('=');
            if (equals < 1) throw new PolicyOptionException($"'{text}': '{pair}' is not key=value");
            return new(pair[..equals].Trim(), pair[(equals + 1)..].Trim());
        }
    }

    /// <summary>A policy by name with options as text. Throws as <see cref="Parse"/> does.</summary>
    public static PolicyChoice Bind(PolicyCatalogue catalogue, string point, string name, IEnumerable<KeyValuePair<string, string>> settings)
    {
        PolicyEntry entry = catalogue.Find(point, name) ?? throw new PolicyOptionException(
            $"there is no {point} policy '{name}'; {NearestName.Suggest(name, catalogue.At(point).Select(other => other.Name))}");
        object options = Activator.CreateInstance(entry.OptionsType)!;
        foreach (var (key, value) in settings)
        {
            OptionDescription option = entry.Options.FirstOrDefault(option => option.Name == key) ?? throw new PolicyOptionException(
                $"{entry.Point} policy '{entry.Name}' has no option '{key}'; "
                + (entry.Options.Count == 0 ? "it has none" : NearestName.Suggest(key, entry.Options.Select(other => other.Name))));
            option.Property.SetValue(options, OptionText.Read(option, value));
        }
        return new PolicyChoice(entry, options);
    }
}
