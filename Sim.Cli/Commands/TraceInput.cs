using System.CommandLine;
using System.IO;
using Sim.Core.Contracts;
using Sim.Workloads.Traces;

namespace Sim.Cli.Commands;

/// <summary>The trace of a verb that reads one, and how it is to be read.</summary>
internal sealed class TraceInput
{
    private readonly Argument<string> _file = new("trace")
    {
        Description = "A page-reference string, plain or gzip: text, binary page ids, oracleGeneral, ChampSim or lackey, told by its content.",
    };

    private readonly Option<string?> _format = new("--format") { Description = $"The trace's format, if its content does not tell: {string.Join(", ", TraceFormats.Names)}." };

    private readonly Option<bool> _instructions = new("--instructions") { Description = "Take the instruction fetches of a ChampSim or lackey trace as references too." };

    /// <summary>Adds the argument and the options to a verb.</summary>
    public TraceInput(Command verb)
    {
        verb.Add(_file);
        verb.Add(_format);
        verb.Add(_instructions);
    }

    /// <summary>The name of the format that was read, once the trace was opened.</summary>
    public string Format { get; private set; } = "";

    /// <summary>The file's name as it was given.</summary>
    public string FileOf(ParseResult parsed) => parsed.GetValue(_file)!;

    /// <summary>Opens the trace.</summary>
    public TraceReader Open(ParseResult parsed)
    {
        string file = FileOf(parsed);
        TraceFormat? format = null;
        if (parsed.GetValue(_format) is { } name)
        {
            if (!TraceFormats.TryParse(name, out TraceFormat named)) throw new UsageException($"--format: there is no format '{name}'; {NearestName.Suggest(name, TraceFormats.Names)}");
            format = named;
        }
        if (Directory.Exists(file)) throw new UsageException($"{file} is a folder; name a trace file");
        if (!File.Exists(file)) throw new UsageException($"{file}: there is no such file");
        TraceReader reader = TraceFile.Open(file, new TraceOptions(format, parsed.GetValue(_instructions)));
        Format = TraceFormats.NameOf(reader.Format);
        return reader;
    }
}
