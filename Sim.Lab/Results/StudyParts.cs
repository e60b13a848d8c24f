using System;
using System.Collections.Generic;

namespace Sim.Lab.Results;

/// <summary>Where the tables of a study's runs come from, when they are asked for.</summary>
internal sealed record StudyParts(
    Func<IReadOnlyList<OfRun<SeriesRow>>> Series,
    Func<IReadOnlyList<OfRun<ProcessRow>>> Processes,
    Func<IReadOnlyList<OfRun<HistogramRow>>> Histograms,
    Func<IReadOnlyList<OfRun<FaultKindRow>>> FaultKinds,
    Func<IReadOnlyList<OfRun<FaultRow>>> Faults,
    Func<IReadOnlyList<OfRun<SnapshotRow>>> Snapshots);
