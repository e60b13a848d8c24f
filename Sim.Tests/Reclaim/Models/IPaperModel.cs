namespace Sim.Tests.Reclaim.Models;

/// <summary>A policy as its paper writes it: plain lists, whole scans, no frames, no contract.</summary>
internal interface IPaperModel
{
    /// <summary>References a page and returns the page that went for it, if one did.</summary>
    ulong? Reference(ulong page);
}
