namespace Sim.Lab.Figures;

/// <summary>The outlines of markers, of about equal weight, centred on a point.</summary>
internal static class MarkerShape
{
    public const int Count = 8;

    /// <summary>Whether a marker is drawn by strokes and cannot be filled.</summary>
    public static bool IsStroke(int marker) => marker is 5 or 6;

    public static string At(int marker, double x, double y)
    {
        string start = $"M{SvgText.N(x)} {SvgText.N(y)}";
        return start + (marker % Count) switch
        {
            0 => "m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z",
            1 => "m-3.1 -3.1h6.2v6.2h-6.2z",
            2 => "m0 -4.2l4 7h-8z",
            3 => "m0 -4.4l4.4 4.4l-4.4 4.4l-4.4 -4.4z",
            4 => "m0 4.2l4 -7h-8z",
            5 => "m-3.3 -3.3l6.6 6.6m0 -6.6l-6.6 6.6",
            6 => "m-4.2 0h8.4m-4.2 -4.2v8.4",
            _ => "m-2.1 -3.8h4.2l2.1 3.8l-2.1 3.8h-4.2l-2.1 -3.8z",
        };
    }
}
