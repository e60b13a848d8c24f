namespace Sim.Lab.Figures;

/// <summary>A rectangle in pixels, y downward.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;
}
