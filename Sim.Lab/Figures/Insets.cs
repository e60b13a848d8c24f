namespace Sim.Lab.Figures;

/// <summary>Room around a plot that its axes need, in pixels.</summary>
internal readonly record struct Insets(double Left, double Right, double Bottom);
