namespace Sim.Core.Contracts;

/// <summary>What an allocation of frames asks for when memory is short, and it may wait.</summary>
public interface IDirectReclaim
{
    /// <summary>Gives up pages of processes. Returns how many frames are free at once, in the zone that they came from; dirty pages follow when they are written.</summary>
    int Reclaim(int frames, ICharge payer);
}
