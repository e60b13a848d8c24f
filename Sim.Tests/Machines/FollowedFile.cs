using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Units;

namespace Sim.Tests.Machines;

/// <summary>
/// A program that does whatever it likes to one file, by stores to a mapping and by calls, while it follows what lies in frames and on the disk. The model is the
/// obvious one: the last version of each page that was stored, nothing beyond the file's end.
/// </summary>
internal sealed class FollowedFile(ulong seed, int steps, int pages) : ITaskProgram, IPageContents
{
    private const int HeapPages = 12;
    private RandomStream _random = new(seed);
    private readonly Dictionary<ulong, int> _model = [];
    private readonly Dictionary<ulong, int> _disk = [];
    private readonly Dictionary<int, int> _frames = [];
    private readonly Dictionary<ulong, FrameNumber> _where = [];
    private int _version;
    private int _step = -3;
    private ulong _size = (ulong)pages;
    private ulong _mapping, _heap;
    private (ulong Page, int Version, long At)? _store;
    private Action _check = () => { };

    /// <summary>References that the machine has made; set before it runs.</summary>
    public Func<long> ReferencesDone { get; set; } = () => 0;

    public TaskStep Next(long result, Span<ulong> references)
    {
        Settle();
        _check();
        _check = () => { };
        switch (++_step)
        {
            case -2:
                return new TaskStep(TaskStepKind.MapWith, Mapping: new MappingArguments(0, (ulong)pages, 3, 1, File: -1));
            case -1:
                _mapping = (ulong)result;
                return new TaskStep(TaskStepKind.Map, HeapPages);
            case 0:
                _heap = (ulong)result;
                break;
        }
        if (_step == steps) return Synchronise();
        if (_step > steps) return new TaskStep(TaskStepKind.Exit);
        ulong page = _random.Below((ulong)pages);
        switch (_random.Below(13))
        {
            case 0 or 1 or 2 or 3 when page < _size:
                _store = (page, ++_version, ReferencesDone());
                references[0] = ReferenceWord.Of(_mapping + page, ReferenceWord.Store);
                return new TaskStep(TaskStepKind.Access, 1);
            case 4 or 5 when page < _size:
                _check = () => Reads(page);
                references[0] = ReferenceWord.Of(_mapping + page, 0);
                return new TaskStep(TaskStepKind.Access, 1);
            case 6 when page < _size:
                _check = () => Reads(page);
                return new TaskStep(TaskStepKind.FileRead, 0, (long)page * 4096, Third: 4096);
            case 7 when page <= _size:
                _version++;
                _size = ulong.Max(_size, page + 1);
                // A part of a page as well: the rest must be read first.
                return new TaskStep(TaskStepKind.FileWrite, 0, (long)page * 4096, Third: _random.Below(2) == 0 || page + 1 == _size ? 4096 : 100);
            case 8 when _random.Below(3) == 0:
                return Synchronise();
            case 9 when _random.Below(2) == 0:
                return new TaskStep(TaskStepKind.Synchronise, Mapping: new MappingArguments(_mapping, _size == 0 ? 1 : _size));
            case 10 when _random.Below(3) == 0:
                Truncate(_random.Below((ulong)pages + 1));
                return new TaskStep(TaskStepKind.FileTruncate, 0, (long)_size * 4096);
            case 11:
                return new TaskStep(TaskStepKind.FileDrop);
            case 12:
                return new TaskStep(TaskStepKind.Sleep, SimTime.FromMicroseconds(_random.Below(200)).Picoseconds);
            default:
                for (int i = 0; i < HeapPages; i++) references[i] = ReferenceWord.Of(_heap + (ulong)i, ReferenceWord.Store);
                return new TaskStep(TaskStepKind.Access, HeapPages);
        }
    }

    public void OnZero(FrameNumber frame) => Settle();

    public void OnCopy(FrameNumber from, FrameNumber to) => Settle();

    public void OnWriteOut(FrameNumber frame, int slot, bool isWritten) => Settle();

    public void OnReadIn(int slot, FrameNumber frame) => Settle();

    public void OnFileRead(PageIdentity page, FrameNumber frame)
    {
        Settle();
        _where[page.FilePage] = frame;
        _frames[frame.Value] = _disk.GetValueOrDefault(page.FilePage);
    }

    public void OnFileStore(PageIdentity page, FrameNumber frame)
    {
        Settle();
        _where[page.FilePage] = frame;
        _frames[frame.Value] = _model[page.FilePage] = _version;
    }

    public void OnFileWrite(FrameNumber frame, PageIdentity page)
    {
        Settle();
        _disk[page.FilePage] = _frames[frame.Value];
    }

    private TaskStep Synchronise()
    {
        _check = () =>
        {
            foreach (ulong page in _model.Keys.Where(page => page < _size).Order()) _disk.GetValueOrDefault(page).ShouldBe(_model[page], $"page {page} on the disk after fsync");
        };
        return new TaskStep(TaskStepKind.FileSync);
    }

    private void Truncate(ulong size)
    {
        _size = size;
        foreach (ulong page in _model.Keys.Where(page => page >= size).ToArray())
        {
            _model.Remove(page);
            _disk.Remove(page);
        }
    }

    private void Reads(ulong page) => _frames[_where[page].Value].ShouldBe(_model.GetValueOrDefault(page), $"page {page} in memory");

    /// <summary>A store through the mapping is made when its reference has been counted; whoever looks at frames after that sees it.</summary>
    private void Settle()
    {
        if (_store is not { } store || ReferencesDone() == store.At) return;
        _store = null;
        _frames[_where[store.Page].Value] = _model[store.Page] = store.Version;
    }
}
