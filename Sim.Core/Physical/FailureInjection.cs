namespace Sim.Core.Physical;

/// <summary>
/// Makes one allocation fail, the n-th from the start, as Linux's fail_page_alloc and failslab do: to see that whoever asked copes.
/// </summary>
/// <param name="at">Allocations that succeed before it.</param>
public sealed class FailureInjection(long at)
{
    private long _left = at;

    /// <summary>Whether the allocation has come.</summary>
    public bool HasFailed => _left < 0;

    /// <summary>Whether the allocation that is tried now is the one.</summary>
    internal bool Fails() => _left >= 0 && _left-- == 0;
}
