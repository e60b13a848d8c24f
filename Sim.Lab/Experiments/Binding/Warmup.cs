using System;
using Sim.Core.Units;

namespace Sim.Lab.Experiments.Binding;

/// <summary>What belongs to the warm-up, which the metrics leave out.</summary>
/// <param name="Share">A share of each process's own references.</param>
/// <param name="References">A number of each process's own references.</param>
/// <param name="Time">A simulated time, or null.</param>
/// <param name="IsAuto">Whether it is found from the run itself.</param>
internal sealed record Warmup(double Share, long References, SimTime? Time, bool IsAuto)
{
    private const long MostReferences = 1_000_000_000_000_000;

    /// <summary>10%, 5M, 2s or auto; nothing where the study says nothing.</summary>
    public static Warmup Bind(Setting? setting)
    {
        if (setting is null) return new Warmup(0, 0, null, false);
        string text = setting.Text();
        if (text == "auto") return new Warmup(0, 0, null, true);
        if (text.EndsWith('%'))
        {
            double share = setting.Share();
            return share < 1 ? new Warmup(share, 0, null, false) : throw setting.Error($"{text} leaves nothing to measure");
        }
        if (Quantity.TryParseTime(text, out _)) return new Warmup(0, 0, setting.Time(SimTime.Zero, SimTime.FromSeconds(86_400)), false);
        if (!Quantity.TryParseNumber(text, out _))
            throw setting.Error($"'{text}' is no warm-up; it is written like 10% (of the references), 5M (references), 2s or auto");
        return new Warmup(0, setting.Whole(0, MostReferences), null, false);
    }

    /// <summary>References of a process that makes so many, after which it is measured.</summary>
    public long ReferencesOf(long references) => References > 0 ? References : (long)Math.Round(Share * references);
}
