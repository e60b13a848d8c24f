namespace Sim.Core.Contracts;

/// <summary>The whole reference string, known in advance.</summary>
public interface IReferenceFuture
{
    /// <summary>References in the string.</summary>
    long Length { get; }

    /// <summary>
    /// The position at which the page referenced at <paramref name="position"/> (from 0) is referenced next,
    /// or <see cref="long.MaxValue"/> if it is not.
    /// </summary>
    long NextUse(long position);
}
