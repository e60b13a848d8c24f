using System.IO;
using System.Text;

namespace Sim.Lab.Notebooks;

/// <summary>A standard stream that ends in the outputs of the running cell, and between cells where it ended before.</summary>
internal sealed class CellConsole : TextWriter
{
    private readonly string _stream;
    private readonly TextWriter _between;

    public CellConsole(string stream, TextWriter between)
    {
        _stream = stream;
        _between = between;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        if (CellContext.Outputs is not { } outputs)
        {
            _between.Write(value);
        }
        else if (value is { Length: > 0 })
        {
            outputs.Write(_stream, value);
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");
}
