using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>Who follows what lies in frames and swap slots: the machine itself does not model it. Called before entries change.</summary>
public interface IPageContents
{
    /// <summary>A frame is filled with zeros.</summary>
    void OnZero(FrameNumber frame);

    /// <summary>A frame gets what another one holds.</summary>
    void OnCopy(FrameNumber from, FrameNumber to);

    /// <summary>A page leaves its frame for a slot; if it is not written there, the slot holds the same already.</summary>
    void OnWriteOut(FrameNumber frame, int slot, bool isWritten);

    /// <summary>A page of a file is read into a frame.</summary>
    void OnFileRead(PageIdentity page, FrameNumber frame);

    /// <summary>A call stores to a page of a file.</summary>
    void OnFileStore(PageIdentity page, FrameNumber frame);

    /// <summary>What a frame holds is written to its page of a file.</summary>
    void OnFileWrite(FrameNumber frame, PageIdentity page);

    /// <summary>A frame gets what a slot holds.</summary>
    void OnReadIn(int slot, FrameNumber frame);
}
