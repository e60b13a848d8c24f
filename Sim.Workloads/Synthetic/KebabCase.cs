using System.Text;

namespace Sim.Workloads.Synthetic;

/// <summary>How a property or an enum value is written in an experiment: HoldingTime is holding-time.</summary>
public static class KebabCase
{
    /// <summary>The name with a hyphen before every upper-case letter but the first, in lower case.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
