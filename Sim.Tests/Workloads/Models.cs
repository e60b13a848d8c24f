using Sim.Workloads.Synthetic;

namespace Sim.Tests.Workloads;

/// <summary>Short ways to make a model and to draw from it.</summary>
internal static class Models
{
    public static IReferenceModel Make(string name, object options, long pages, ulong seed = 1)
        => ModelCatalogue.Create(new ModelSpec(name, options), new ModelContext(pages, seed));

    public static uint[] Draw(string name, object options, long pages, int count, ulong seed = 1)
        => Make(name, options, pages, seed).Draw(count);

    public static uint[] Draw(this IReferenceModel model, int count)
    {
        var references = new uint[count];
        model.Fill(references);
        return references;
    }
}
