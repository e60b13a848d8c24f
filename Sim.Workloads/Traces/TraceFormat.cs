namespace Sim.Workloads.Traces;

/// <summary>How a page-reference string lies in a file; each may be packed with gzip. Known by name as <see cref="TraceFormats"/> says.</summary>
public enum TraceFormat
{
    /// <summary>One page id a line.</summary>
    Text,

    /// <summary>Page ids of four bytes, little-endian.</summary>
    U32,

    /// <summary>Page ids of eight bytes, little-endian.</summary>
    U64,

    /// <summary>libCacheSim's oracleGeneral: one object a reference.</summary>
    OracleGeneral,

    /// <summary>ChampSim's instruction records.</summary>
    ChampSim,

    /// <summary>What `valgrind --tool=lackey --trace-mem=yes` prints.</summary>
    Lackey,
}
