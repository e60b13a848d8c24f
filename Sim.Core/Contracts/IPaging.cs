namespace Sim.Core.Contracts;

/// <summary>When pages get their frames: a policy that is asked once, when a machine is made.</summary>
public interface IPaging
{
    /// <summary>Whether pages of anonymous memory that have only been read share the zero page.</summary>
    bool HasZeroPage { get; }

    /// <summary>What comes unasked.</summary>
    PagingRules Rules { get; }
}
