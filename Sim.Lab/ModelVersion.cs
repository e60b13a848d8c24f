namespace Sim.Lab;

/// <summary>The version of the model, part of every run's identity: raised whenever a committed golden digest changes.</summary>
public static class ModelVersion
{
    /// <summary>The current version.</summary>
    public const int Current = 10;
}
