using System;

namespace Microsoft.DotNet.Interactive;

/// <summary>A value on show, which may be changed.</summary>
public sealed class DisplayedValue
{
    private readonly Action<object> _replace;

    internal DisplayedValue(Action<object> replace)
    {
        _replace = replace;
    }

    public void Update(object updatedValue) => _replace(updatedValue);
}
