namespace Sim.Core.Engine;

/// <summary>A first-in, first-out bag of events in <see cref="EventChunks"/>. A default value is empty.</summary>
internal struct EventBag
{
    /// <summary>The chunk that is emptied next; means nothing in an empty bag.</summary>
    public int First;

    /// <summary>The chunk that is being filled.</summary>
    public int Last;

    /// <summary>Events in the bag.</summary>
    public int Count;
}
