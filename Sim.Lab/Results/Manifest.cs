using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sim.Lab.Experiments;

namespace Sim.Lab.Results;

/// <summary>
/// Where results come from, and every fact of the wall clock and the host: manifest.json. It is the one file of a study that differs from
/// run to run.
/// </summary>
public sealed record Manifest
{
    private const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions _layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The study's name.</summary>
    public required string Study { get; init; }

    /// <summary>The study's description.</summary>
    public required string Description { get; init; }

    /// <summary>SHA-256 of the study file's text; see <see cref="HashOf"/>.</summary>
    public required string StudyFileSha256 { get; init; }

    /// <summary>Policies of --policy-file by point/name, with the SHA-256 of the file.</summary>
    public IReadOnlyDictionary<string, string> PolicyFiles { get; init; } = new SortedDictionary<string, string>();

    /// <summary>The figures that the study asks for.</summary>
    public required IReadOnlyList<FigureSpec> Figures { get; init; }

    /// <summary>When the command began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Runs that it computed at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Runs that it computed.</summary>
    public required int RunsComputed { get; init; }

    /// <summary>Runs that it found in the journal.</summary>
    public required int RunsReused { get; init; }

    /// <summary>What was to be said while it ran, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The version of the model.</summary>
    public int ModelVersion { get; init; } = Lab.ModelVersion.Current;

    /// <summary>The version of the tables' layout.</summary>
    public int FormatVersion { get; init; } = TableMetadata.FormatVersion;

    /// <summary>The host's logical processors.</summary>
    public int HostCpus { get; init; } = Environment.ProcessorCount;

    /// <summary>The host's runtime.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>The host's operating system.</summary>
    public string OperatingSystem { get; init; } = RuntimeInformation.OSDescription;

    /// <summary>The host's instruction set.</summary>
    public string Architecture { get; init; } = RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The hash of a study file's text.</summary>
    public static string HashOf(string studyText) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(studyText)));

    /// <summary>The manifest of a study's results; null where there is none.</summary>
    /// <exception cref="ResultsException">It cannot be read.</exception>
    public static Manifest? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<Manifest>(File.ReadAllText(path), _layout);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ResultsException(path, e.Message, "remove it, or run the study again", e);
        }
    }

    /// <summary>Writes manifest.json.</summary>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, _layout) + "\n");
}
