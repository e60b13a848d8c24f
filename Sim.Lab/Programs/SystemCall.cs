namespace Sim.Lab.Programs;

/// <summary>The calls of a recording that matter here, with the numbers of Linux on x86-64.</summary>
internal enum SystemCall
{
    Close = 3,
    Map = 9,
    Protect = 10,
    Unmap = 11,
    Break = 12,
    SignalReturn = 15,
    Remap = 25,
    Synchronise = 26,
    Advise = 28,
    SegmentGet = 29,
    SegmentAttach = 30,
    SegmentControl = 31,
    Clone = 56,
    Fork = 57,
    Vfork = 58,
    Wait = 61,
    SegmentDetach = 67,
    Usage = 98,
    Lock = 149,
    Unlock = 150,
    WaitIdentified = 247,
    RestartableSequences = 334,
}
