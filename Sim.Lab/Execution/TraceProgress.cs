using System;
using System.Threading;

namespace Sim.Lab.Execution;

/// <summary>How far the passes over a trace have come. Read from any thread while they run.</summary>
public sealed class TraceProgress
{
    private Func<double?> _shareRead = () => null;
    private long _references, _simulated;

    /// <summary>Passes over each reference.</summary>
    public int Passes { get; internal set; }

    /// <summary>References that all passes have seen.</summary>
    public long References => Interlocked.Read(ref _references);

    /// <summary>References seen, each by each pass.</summary>
    public long Simulated => Interlocked.Read(ref _simulated);

    /// <summary>How much is done, from 0 to 1, by the part of the file that was read; null where its length is not known.</summary>
    public double? Share => _shareRead();

    internal void OnOpened(Func<double?> shareRead, int passes)
    {
        _shareRead = shareRead;
        Passes = passes;
    }

    internal void OnPassed(int references) => Interlocked.Add(ref _simulated, references);

    internal void OnBlock(int references) => Interlocked.Add(ref _references, references);
}
