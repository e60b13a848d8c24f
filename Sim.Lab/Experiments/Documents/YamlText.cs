using System;
using System.IO;
using System.Text;

namespace Sim.Lab.Experiments.Documents;

/// <summary>Reads a study's text: a file must be there, and be UTF-8.</summary>
internal static class YamlText
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>The document in a file. Throws a <see cref="StudyException"/> where there is none.</summary>
    public static Node ReadFile(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StudyException(path, 0, 0, "there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StudyException(path, 0, 0, Directory.Exists(path) ? "is a directory; a study is a YAML file" : "cannot be read: " + e.Message);
        }
        return YamlReader.Read(Decode(bytes, path), (line, column) => new SourceMark(path, line, column));
    }

    private static string Decode(byte[] bytes, string path)
    {
        ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes;
        int valid = text.Length;
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            valid = Math.Max(0, e.Index);
        }
        ReadOnlySpan<byte> before = text[..Math.Min(valid, text.Length)];
        int line = before.Count((byte)'\n') + 1;
        int column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
        throw new StudyException(path, line, column, $"byte 0x{text[Math.Min(valid, text.Length - 1)]:X2} is not UTF-8; a study is UTF-8 text");
    }
}
