using System;
using System.Numerics;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>Which frames of a zone are taken, a bit each, and the search for aligned free blocks among them.</summary>
public sealed class FrameBitmap(int first, int count)
{
    private const int WordBits = 64;
    private readonly FrameArray<ulong> _words = new((count + WordBits - 1) / WordBits);

    /// <summary>Frames that are free.</summary>
    public long Free { get; private set; } = count;

    /// <summary>The first free block of 2^<paramref name="order"/> frames, aligned to its size, that starts at <paramref name="from"/> or later and before <paramref name="before"/>; -1 when there is none.</summary>
    public int Find(int order, int from, int before)
    {
        int length = 1 << order, end = Math.Min(before, first + count - length + 1);
        for (int block = (from + length - 1) & -length; block < end;)
        {
            int taken = FirstTaken(block, length);
            if (taken < 0) return block;
            block = (NextFree(taken) + length - 1) & -length;
        }
        return -1;
    }

    /// <summary>Takes a block, all of whose frames are free.</summary>
    public void Take(int block, int order)
    {
        ForEachWord(block, order, (ref word, mask) => word |= mask);
        Free -= 1 << order;
    }

    /// <summary>Gives a block back.</summary>
    public void Return(int block, int order)
    {
        ForEachWord(block, order, (ref word, mask) => word &= ~mask);
        Free += 1 << order;
    }

    /// <summary>Free blocks of just an order, when each free run is cut into the largest aligned blocks.</summary>
    public long Blocks(int order)
    {
        long blocks = 0;
        for (int frame = NextFree(first), end = first + count; frame < end;)
        {
            int runEnd = frame;
            while (runEnd < end && FirstTaken(runEnd, 1) < 0) runEnd = NextTaken(runEnd);
            while (frame < runEnd)
            {
                int largest = Math.Min(BuddyAllocator.MaximumOrder, Math.Min(frame == 0 ? 31 : BitOperations.TrailingZeroCount(frame), BitOperations.Log2((uint)(runEnd - frame))));
                if (largest == order) blocks++;
                frame += 1 << largest;
            }
            frame = NextFree(runEnd);
        }
        return blocks;
    }

    /// <summary>Throws when the count and the bits do not agree.</summary>
    public void CheckInvariants()
    {
        long taken = 0;
        for (long word = 0; word < _words.Length; word++) taken += BitOperations.PopCount(_words[word]);
        if (count - taken != Free) throw new InvalidOperationException($"{count - taken} frames are free, {Free} counted");
    }

    private int FirstTaken(int block, int length)
    {
        for (int frame = block; frame < block + length;)
        {
            int bit = (frame - first) % WordBits;
            ulong rest = _words[(frame - first) / WordBits] >> bit;
            int span = Math.Min(WordBits - bit, block + length - frame);
            int offset = rest == 0 ? WordBits : BitOperations.TrailingZeroCount(rest);
            if (offset < span) return frame + offset;
            frame += span;
        }
        return -1;
    }

    private int NextFree(int frame) => NextWith(frame, ulong.MaxValue);

    private int NextTaken(int frame) => NextWith(frame, 0);

    /// <summary>The first frame from here on whose bit is set after an exclusive or with <paramref name="flip"/>; the end of the zone when there is none.</summary>
    private int NextWith(int frame, ulong flip)
    {
        while (frame < first + count)
        {
            int bit = (frame - first) % WordBits;
            ulong rest = (_words[(frame - first) / WordBits] ^ flip) >> bit;
            if (rest != 0) return Math.Min(first + count, frame + BitOperations.TrailingZeroCount(rest));
            frame += WordBits - bit;
        }
        return first + count;
    }

    private delegate void Change(ref ulong word, ulong mask);

    private void ForEachWord(int block, int order, Change change)
    {
        int length = 1 << order;
        for (int bit = block - first; length > 0;)
        {
            int span = Math.Min(WordBits - bit % WordBits, length);
            ulong mask = (span == WordBits ? ulong.MaxValue : (1UL << span) - 1) << bit % WordBits;
            change(ref _words[bit / WordBits], mask);
            bit += span;
            length -= span;
        }
    }
}
