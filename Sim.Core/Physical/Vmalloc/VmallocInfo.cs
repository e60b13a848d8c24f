using System.Globalization;
using System.Text;

namespace Sim.Core.Physical.Vmalloc;

/// <summary>The vmalloc range in the form of /proc/vmallocinfo, with addresses in the clear.</summary>
public static class VmallocInfo
{
    /// <summary>A line an area, then the freed ones that wait for a flush.</summary>
    public static string Write(VmallocSpace space)
    {
        var text = new StringBuilder();
        foreach (VmallocArea area in space.Areas)
        {
            text.Append(Range(area)).Append(' ').Append(area.Caller);
            if (area.Frames.Length > 0) text.Append(CultureInfo.InvariantCulture, $" pages={area.Pages} vmalloc N0={area.Pages}");
            text.Append('\n');
        }
        foreach (VmallocArea area in space.Unpurged) text.Append(Range(area)).Append(" unpurged vm_area\n");
        return text.ToString();
    }

    private static string Range(VmallocArea area) => string.Create(CultureInfo.InvariantCulture, $"0x{area.Address:x16}-0x{area.End:x16} {area.End - area.Address,7}");
}
