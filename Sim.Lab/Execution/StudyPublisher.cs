using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Lab.Experiments;
using Sim.Lab.Figures;
using Sim.Lab.Report;
using Sim.Lab.Results;

namespace Sim.Lab.Execution;

/// <summary>Makes of finished runs what people look at: tables, figures, the report.</summary>
public static class StudyPublisher
{
    /// <summary>Writes everything and returns the study as it can be opened from now on, and its figures' files.</summary>
    /// <exception cref="ResultsException">Something cannot be written.</exception>
    public static (Study Study, IReadOnlyList<string> Figures, string Report) Publish(Experiment experiment, StudyOptions options, StudyOutcome outcome,
        IReadOnlyList<string> warnings, DateTimeOffset started)
    {
        StudyTables.Write(options.Folder, experiment.Name, outcome.Records);
        new Manifest
        {
            Study = experiment.Name,
            Description = experiment.Description,
            StudyFileSha256 = Manifest.HashOf(File.ReadAllText(experiment.File)),
            PolicyFiles = experiment.PolicyFiles,
            Figures = experiment.Figures,
            Started = started,
            DurationSeconds = (DateTimeOffset.UtcNow - started).TotalSeconds,
            Jobs = options.Jobs,
            RunsComputed = outcome.Computed,
            RunsReused = outcome.Reused,
            Warnings = [.. warnings, .. outcome.Failures],
        }.Write(options.Folder);
        return Render(options.Folder);
    }

    /// <summary>Draws the figures and the report of a study again from its tables.</summary>
    /// <exception cref="ResultsException">There is no study in the folder, or it is damaged.</exception>
    public static (Study Study, IReadOnlyList<string> Figures, string Report) Render(string folder)
    {
        Study study = Study.Open(folder);
        Manifest? manifest = Manifest.Read(folder);
        StudyFigure[] figures = [.. (manifest?.Figures ?? []).Select(figure => StudyFigures.Create(study, figure))];
        return (study, StudyFigures.Write(folder, figures), StudyReport.Write(study, manifest?.Description ?? "", figures, manifest));
    }
}
