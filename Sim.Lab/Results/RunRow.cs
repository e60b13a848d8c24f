using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Results;

/// <summary>A run as runs.parquet has it.</summary>
public sealed class RunRow
{
    private readonly RunColumns _columns;
    private readonly ParameterValue?[] _parameters;
    private readonly double[] _metrics;

    internal RunRow(RunColumns columns, ParameterValue?[] parameters, double[] metrics)
    {
        _columns = columns;
        _parameters = parameters;
        _metrics = metrics;
    }

    /// <summary>The run's identity.</summary>
    public required string Id { get; init; }

    /// <summary>The replication, from 0.</summary>
    public required int Replication { get; init; }

    /// <summary>The study's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The digest of the run's events.</summary>
    public required string Digest { get; init; }

    /// <summary>"ok", or what is to be said of the run.</summary>
    public required string Status { get; init; }

    /// <summary>Whether there is nothing to be said of the run.</summary>
    public bool IsOk => Status == "ok";

    /// <summary>The parameters that are set in this run.</summary>
    public IEnumerable<ParameterValue> Parameters => _parameters.OfType<ParameterValue>();

    /// <summary>The value of a parameter, or null where this run does not set it.</summary>
    /// <param name="parameter">The key (machine.memory) or the column (machine.memory_bytes).</param>
    /// <exception cref="ResultsException">No run of the study sets it.</exception>
    public ParameterValue? Parameter(string parameter) => _parameters[_columns.IndexOfParameter(parameter)];

    /// <summary>A parameter as text: 64MiB, lru. Empty where this run does not set it.</summary>
    /// <inheritdoc cref="Parameter"/>
    public string Text(string parameter) => Parameter(parameter)?.Text ?? "";

    /// <summary>A parameter as a number, in bytes if it is a size and in nanoseconds if it is a time. NaN where it is none.</summary>
    /// <inheritdoc cref="Parameter"/>
    public double Number(string parameter) => Parameter(parameter)?.Number ?? double.NaN;

    /// <summary>A summary metric; NaN where it is not defined.</summary>
    /// <exception cref="ResultsException">There is no such metric.</exception>
    public double Metric(string name) => _metrics[_columns.IndexOfMetric(name)];

    public override string ToString() => string.Join(" ", Parameters.Select(value => $"{value.Name}={value.Text}").Append($"replication={Replication}"));
}
