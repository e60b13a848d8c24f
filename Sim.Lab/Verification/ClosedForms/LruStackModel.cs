using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// References whose LRU stack distances are drawn independently, Pr[D = d] = a_d: LRU with C frames misses exactly those deeper than C,
/// <code>F(C) = sum over d > C of a_d.</code>
/// R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970;
/// J. R. Spirn, "Distance string models for program behavior", Computer 9(11), 1976.
/// </summary>
public static class LruStackModel
{
    /// <summary>Pr[D > d] = (1 + d / b)^-beta; with d = C it is the miss ratio itself.</summary>
    public static double PowerLawTail(double distance, double b, double beta) => Math.Pow(1 + distance / b, -beta);
}
