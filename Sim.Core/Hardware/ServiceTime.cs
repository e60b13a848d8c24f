namespace Sim.Core.Hardware;

/// <summary>How a device's service times vary about their mean.</summary>
public enum ServiceTime
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>Exponentially: the M of queueing theory.</summary>
    Exponential,
}
