using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;

namespace Sim.Lab.Scripts;

/// <summary>
/// The process of one case on the model: executes its operations as the recorder did on a live kernel. Addresses are pages of a window.
/// The kernel is as large as the recorded machine (24 GiB, no swap), and the process may lock anything.
/// </summary>
internal sealed class ScriptedProcess
{
    private const long WindowPages = 64L << 18;
    private const long MostPages = 1L << 40;
    private const int UnknownAdvice = 77;
    private static readonly ByteSize Memory = new(24L << 30);
    private static readonly string[] Operations =
        ["mmap", "munmap", "mprotect", "madvise", "mlock", "mlock2", "munlock", "mremap", "touch", "fork"];

    private readonly BareKernel _kernel;
    private readonly OpenFile[] _files =
    [
        new(new FileObject("f0", 256 << 12, FileKind.Disk), isWritable: true),
        new(new FileObject("f1", 64 << 12, FileKind.Disk), isWritable: false),
    ];

    private readonly List<Mm> _sleeping = [];
    private readonly ulong _base;
    private Mm _mm;

    /// <summary>A process with an empty window.</summary>
    public ScriptedProcess(ScriptCase script, AddressSpacePolicies policies)
    {
        _kernel = new BareKernel(policies, Memory, default);
        _base = Address(script.Header, "base");
        bool hasTop = script.Header.Json.ContainsKey("top");
        ulong top = hasTop ? Address(script.Header, "top") : Mm.DefaultMmapBase << 12;
        _mm = _kernel.Create(new AddressSpaceLimits { MayLockAnything = true }, top >> 12);
        if (hasTop) MapVdso(top >> 12);
    }

    /// <summary>Executes an operation and returns what it returned, as the recordings write it.</summary>
    public JsonNode Execute(ScriptLine line)
    {
        string op = line.Text("op");
        if (op == "fork") return Fork(line);
        if (op == "touch") return Touch(line);
        ulong address = _base + Bytes(line, "a", "da"), length = op is "mmap" or "munmap" or "mprotect" or "madvise" or "mlock" or "mlock2" or "munlock" or "mremap"
            ? Bytes(line, "n", "dn")
            : throw line.Error($"there is no operation '{op}'; {NearestName.Suggest(op, Operations)}");
        ICharge payer = _kernel.Payer;
        return op switch
        {
            "mmap" => Place(_kernel.Calls.Map(_mm, MapRequest(line, address, length), payer)),
            "munmap" => Value(_kernel.Calls.Unmap(_mm, address, length, payer)),
            "mprotect" => Value(_kernel.Calls.Protect(_mm, address, length, Access(line), payer)),
            "madvise" => Value(_kernel.Calls.Advise(_mm, address, length, AdviceOf(line), payer)),
            "mlock" => Value(_kernel.Calls.Lock(_mm, address, length, onFault: false, payer)),
            "mlock2" => Value(_kernel.Calls.Lock(_mm, address, length, onFault: true, payer)),
            "munlock" => Value(_kernel.Calls.Unlock(_mm, address, length, payer)),
            _ => Place(_kernel.Calls.Remap(_mm, new RemapRequest(address, length, (ulong)line.Whole("n2", 0, MostPages) << 12, RemapFlagsOf(line),
                _base + Bytes(line, "b", "db")), payer)),
        };
    }

    /// <summary>The mappings of the window.</summary>
    public List<string> Maps(bool isFull) => MapText.Of(_mm, _base >> 12, WindowPages, isFull);

    /// <summary>What Linux 6.18 shows every process, and what lay directly above the top when it was recorded: data of clocks and random numbers, and code.</summary>
    private void MapVdso(ulong page)
    {
        const VmaFlags data = VmaFlags.Read | VmaFlags.MayRead | VmaFlags.Device | VmaFlags.PageFrames | VmaFlags.DontDump;
        const VmaFlags code = VmaFlags.Read | VmaFlags.Execute | VmaFlags.MayAll;
        _kernel.Calls.MapSpecial(_mm, page, 4, data, "[vvar]", _kernel.Payer);
        _kernel.Calls.MapSpecial(_mm, page + 4, 2, data, "[vvar_vclock]", _kernel.Payer);
        _kernel.Calls.MapSpecial(_mm, page + 6, 2, code, "[vdso]", _kernel.Payer);
    }

    private static ulong Address(ScriptLine header, string key)
    {
        string text = header.Text(key);
        bool isHex = text.StartsWith("0x", StringComparison.Ordinal);
        return isHex && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address) && address % 4096 == 0
            && address >> 12 <= AddressSpaceLayout.TaskEnd
            ? address
            : throw header.Error($"'{key}' is '{text}', which is no page's address; it is written like 0x200000000000");
    }

    private static ulong Bytes(ScriptLine line, string pages, string extra) =>
        unchecked((ulong)(line.Whole(pages, -MostPages, MostPages, 0) << 12) + (ulong)line.Whole(extra, -MostPages, MostPages, 0));

    internal static Protection Access(ScriptLine line)
    {
        string text = line.Text("prot");
        Protection access = Protection.None;
        foreach (char letter in text)
        {
            access |= letter switch
            {
                'r' => Protection.Read,
                'w' => Protection.Write,
                'x' => Protection.Execute,
                'n' => Protection.None,
                _ => throw line.Error($"'prot' is '{text}'; it is made of r, w and x, or n for none"),
            };
        }
        return access;
    }

    internal static Advice AdviceOf(ScriptLine line)
    {
        string text = line.Text("adv");
        if (text == "BOGUS") return (Advice)UnknownAdvice;
        string plain = text.Replace("_", "");
        return Enum.GetValues<Advice>().Select(advice => (Advice?)advice).FirstOrDefault(advice => string.Equals(advice.ToString(), plain, StringComparison.OrdinalIgnoreCase))
            ?? throw line.Error($"there is no advice '{text}'; {NearestName.Suggest(text, Enum.GetNames<Advice>().Select(name => name.ToUpperInvariant()))}");
    }

    private static RemapFlags RemapFlagsOf(ScriptLine line)
    {
        RemapFlags flags = RemapFlags.None;
        foreach (char letter in line.Text("fl", ""))
        {
            flags |= letter switch
            {
                'M' => RemapFlags.MayMove,
                'F' => RemapFlags.Fixed,
                'D' => RemapFlags.DontUnmap,
                '-' => RemapFlags.None,
                _ => throw line.Error($"'fl' has '{letter}'; the flags of mremap are M, F and D"),
            };
        }
        return flags;
    }

    private MapRequest MapRequest(ScriptLine line, ulong address, ulong length)
    {
        string kind = line.Text("kind");
        (OpenFile? file, MapFlags flags) = kind switch
        {
            "ap" => ((OpenFile?)null, MapFlags.Anonymous | MapFlags.Private),
            "as" => (null, MapFlags.Anonymous | MapFlags.Shared),
            "f0p" => (_files[0], MapFlags.Private),
            "f0s" => (_files[0], MapFlags.Shared),
            "f1p" => (_files[1], MapFlags.Private),
            "f1s" => (_files[1], MapFlags.Shared),
            _ => throw line.Error($"there is no kind '{kind}'; the kinds are ap, as, f0p, f0s, f1p and f1s"),
        };
        string letters = line.Text("fl", "");
        bool isHint = letters.Contains('h'), isAnywhere = letters.Contains('0');
        if (letters.Contains('X')) flags |= MapFlags.FixedNoReplace;
        else if (!isHint && !isAnywhere) flags |= MapFlags.Fixed;
        foreach (char letter in letters)
        {
            flags |= letter switch
            {
                'n' => MapFlags.NoReserve,
                'p' => MapFlags.Populate,
                'l' => MapFlags.Locked,
                's' => MapFlags.Stack,
                'g' => MapFlags.GrowsDown,
                'X' or 'h' or '0' or '-' => 0,
                _ => throw line.Error($"'fl' has '{letter}'; the flags of mmap are X, n, p, l, s, g, h and 0"),
            };
        }
        return new MapRequest(isAnywhere ? 0 : address, length, Access(line), flags, file, Bytes(line, "off", "doff"),
            string.Create(CultureInfo.InvariantCulture, $"s{line.Whole("i", 0, int.MaxValue, 0)}"));
    }

    /// <summary>Each page once: . done, S SIGSEGV, B SIGBUS.</summary>
    private JsonNode Touch(ScriptLine line)
    {
        ulong first = (_base >> 12) + (ulong)line.Whole("a", 0, MostPages);
        long pages = line.Whole("n", 0, 1 << 20);
        string mode = line.Text("m");
        if (mode is not ("r" or "w")) throw line.Error($"'m' is '{mode}'; a touch is r or w");
        return new string([.. Enumerable.Range(0, (int)pages).Select(page => _kernel.Touch(_mm, first + (ulong)page, mode == "w") switch
        {
            AccessOutcome.SegmentationFault => 'S',
            AccessOutcome.BusError => 'B',
            _ => '.',
        })]);
    }

    /// <summary>Goes on in the child, while the parent sleeps; or in the parent, after the child has ended.</summary>
    private JsonNode Fork(ScriptLine line)
    {
        string mode = line.Text("m");
        if (mode is not ("c" or "p")) throw line.Error($"'m' is '{mode}'; a fork goes on in the child, c, or the parent, p");
        Mm child = _kernel.Fork(_mm);
        if (mode == "p") _kernel.Exit(child);
        else
        {
            _sleeping.Add(_mm);
            _mm = child;
        }
        return 0;
    }

    private JsonNode Place(long result) => result < 0 ? Value(result) : (result - (long)_base) >> 12;

    private static JsonNode Value(long result) => result < 0 ? ((SystemError)(-result)).ToString() : result;
}
