namespace Sim.Core.AddressSpaces;

/// <summary>The error numbers that system calls return, negated, as Linux on x86-64 numbers them.</summary>
public enum SystemError
{
    /// <summary>Not permitted.</summary>
    EPERM = 1,

    /// <summary>There is no such thing.</summary>
    ENOENT = 2,

    /// <summary>No such process.</summary>
    ESRCH = 3,

    /// <summary>A bad file descriptor.</summary>
    EBADF = 9,

    /// <summary>No child.</summary>
    ECHILD = 10,

    /// <summary>Not now, or more than may be locked.</summary>
    EAGAIN = 11,

    /// <summary>Out of memory, of address space or of mappings; or a hole where there must be none.</summary>
    ENOMEM = 12,

    /// <summary>The file was not opened for that.</summary>
    EACCES = 13,

    /// <summary>A bad address.</summary>
    EFAULT = 14,

    /// <summary>Locked.</summary>
    EBUSY = 16,

    /// <summary>Something is there already.</summary>
    EEXIST = 17,

    /// <summary>A bad argument.</summary>
    EINVAL = 22,

    /// <summary>No room.</summary>
    ENOSPC = 28,

    /// <summary>The identifier was removed.</summary>
    EIDRM = 43,

    /// <summary>A number too large for its type.</summary>
    EOVERFLOW = 75,

    /// <summary>Not supported.</summary>
    EOPNOTSUPP = 95,
}
