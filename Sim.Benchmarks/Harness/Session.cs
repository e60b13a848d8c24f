using System;
using System.Collections.Generic;

namespace Sim.Benchmarks.Harness;

/// <summary>What the benchmarks of one invocation share.</summary>
public sealed class Session(bool isQuick, Action<string> progress, params string[] policies)
{
    private readonly Dictionary<string, ReferenceStream> _streams = [];

    /// <summary>Whether a tenth of the work will do: to see that everything runs, not to quote.</summary>
    public bool IsQuick { get; } = isQuick;

    /// <summary>Whether a row over this policy was asked for: all are where none is named.</summary>
    public bool Includes(string policy) => policies.Length == 0 || Array.IndexOf(policies, policy) >= 0;

    /// <summary>Says what is being done.</summary>
    public void Report(string what) => progress(what);

    /// <summary>The Zipf stream that all targets refer to.</summary>
    public ReferenceStream Zipf => Cached("zipf", () => Streams.Zipf(IsQuick ? 2_000_000 : 20_000_000));

    /// <summary>The stream with stack-distance locality.</summary>
    public ReferenceStream StackDistance => Cached("stack distance", () => Streams.StackDistance(IsQuick ? 1_000_000 : 10_000_000));

    /// <summary>The yardstick over a stream, with a tenth of the touched pages as frames.</summary>
    public Contender Yardstick(ReferenceStream stream) => new("yardstick", () =>
    {
        var yardstick = new Yardstick(stream.Frames);
        return () =>
        {
            yardstick.Run(stream.Pages);
            if (stream.LruMisses is { } known && known != yardstick.Misses)
                throw new InvalidOperationException($"the yardstick missed {yardstick.Misses} times, LRU misses {known} times");
            stream.LruMisses = yardstick.Misses;
            return stream.Pages.Length;
        };
    });

    private ReferenceStream Cached(string name, Func<ReferenceStream> make)
    {
        if (_streams.TryGetValue(name, out ReferenceStream? known)) return known;
        Report($"generating the {name} stream");
        return _streams[name] = make();
    }
}
