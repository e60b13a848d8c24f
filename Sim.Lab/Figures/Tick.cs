namespace Sim.Lab.Figures;

/// <summary>A mark on an axis; a minor one has no label.</summary>
internal readonly record struct Tick(double Value, string Label)
{
    public bool IsMajor => Label.Length > 0;

    public static Tick Minor(double value) => new(value, "");
}
