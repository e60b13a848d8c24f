using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using Sim.Workloads.Traces;

namespace Sim.Lab.Experiments;

/// <summary>The traces of a study: each file is read once, and shared by all runs, which only read it.</summary>
internal sealed class TraceStore(string studyFile)
{
    private readonly string _directory = Path.GetDirectoryName(Path.GetFullPath(studyFile))!;
    private readonly Dictionary<string, StoredTrace> _traces = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// The trace in a file, whose name is relative to the study's. Throws a <see cref="TraceFormatException"/> where it is no trace, and an
    /// <see cref="IOException"/> where it cannot be read.
    /// </summary>
    public StoredTrace Get(string file)
    {
        string path = Path.GetFullPath(Path.Combine(_directory, file));
        lock (_lock)
        {
            if (_traces.TryGetValue(path, out StoredTrace? known)) return known;
            PageTrace trace = PageTrace.Read(path);
            using FileStream content = File.OpenRead(path);
            return _traces[path] = new StoredTrace(trace, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }
}

/// <summary>A trace, and the hash of the file that it was read from.</summary>
internal sealed record StoredTrace(PageTrace Trace, string ContentHash);
