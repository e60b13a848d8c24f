using System.Collections.Concurrent;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Experiments.Binding;

/// <summary>
/// Makes each model once over a region of the size that it will have, since only the model knows which options go together. What went well is
/// not tried again.
/// </summary>
internal sealed class ModelTrials
{
    private readonly ConcurrentDictionary<(string Model, long Pages), bool> _passed = new();

    /// <summary>Throws a <see cref="PolicyOptionException"/> where the model cannot be made.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">What tells it from others.</param>
    /// <param name="pages">Pages of the region.</param>
    public void Try(ModelSpec model, string text, long pages)
    {
        if (_passed.ContainsKey((text, pages))) return;
        ModelCatalogue.Create(model, new ModelContext(pages, 0));
        _passed[(text, pages)] = true;
    }
}
